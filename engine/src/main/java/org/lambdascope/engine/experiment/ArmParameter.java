package org.lambdascope.engine.experiment;

/**
 * One whole-number parameter of an arm.
 *
 * @param key the name on the command line
 * @param summary what it is, for people
 * @param min the least value
 * @param defaultRule where the default comes from
 * @param fixedDefault the default when the rule is {@link Default#FIXED}
 */
public record ArmParameter(
    String key, String summary, int min, Default defaultRule, int fixedDefault) {

  /** Where a default comes from. */
  public enum Default {
    /** A number. */
    FIXED,
    /** {@code L_pretrain} of the model. */
    PRETRAIN,
    /** {@code L_pretrain − sink}, so that all visible slots together are {@code L_pretrain}. */
    PRETRAIN_LESS_SINK,
    /** Half of {@code local}. */
    HALF_LOCAL
  }

  static final ArmParameter GLOBAL =
      new ArmParameter(
          "global", "n_global: initial tokens in the global branch", 0, Default.FIXED, 10);
  static final ArmParameter LOCAL = localAtLeast(1);
  static final ArmParameter CEILING =
      new ArmParameter(
          "ceiling", "L_pretrain: the largest effective distance", 1, Default.PRETRAIN, 0);

  static final ArmParameter CHUNK =
      new ArmParameter("chunk", "tokens per chunk of the encoder", 1, Default.FIXED, 256);
  static final ArmParameter CONTEXT =
      new ArmParameter(
          "context", "the most tokens that go to the encoder", 1, Default.FIXED, 131_072);
  static final ArmParameter WINDOW =
      new ArmParameter(
          "window", "positions of the decoder's window, BOS counted", 2, Default.PRETRAIN, 0);

  static ArmParameter localAtLeast(int min) {
    return new ArmParameter(
        "local",
        "n_local: recent tokens in the local branch, the query counted",
        min,
        Default.PRETRAIN,
        0);
  }
}
