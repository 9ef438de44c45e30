package org.lambdascope.engine.experiment;

import java.math.BigDecimal;

/**
 * One parameter of an arm. Values are whole numbers of its unit.
 *
 * @param key the name on the command line
 * @param summary what it is, for people
 * @param min the least value
 * @param defaultRule where the default comes from
 * @param fixedDefault the default when the rule is {@link Default#FIXED}
 * @param unit the values of 1, such as 1000 where the command line's {@code 0.5} is the value 500
 */
public record ArmParameter(
    String key, String summary, int min, Default defaultRule, int fixedDefault, int unit) {

  /** Stands for the end of every model. */
  static final int MORE_LAYERS_THAN_ANY = 1000;

  /** A parameter that is a whole number on the command line too. */
  public ArmParameter(String key, String summary, int min, Default defaultRule, int fixedDefault) {
    this(key, summary, min, defaultRule, fixedDefault, 1);
  }

  /** A value as the command line writes it. */
  public String text(int value) {
    return BigDecimal.valueOf(value)
        .divide(BigDecimal.valueOf(unit))
        .stripTrailingZeros()
        .toPlainString();
  }

  /**
   * Reads what {@link #text} writes.
   *
   * @throws ArithmeticException if it is no whole number of units, or too large
   * @throws NumberFormatException if it is no number
   */
  public int value(String text) {
    return new BigDecimal(text).multiply(BigDecimal.valueOf(unit)).intValueExact();
  }

  /** Where a default comes from. */
  public enum Default {
    /** A number. */
    FIXED,
    /** {@code L_pretrain} of the model. */
    PRETRAIN,
    /** {@code L_pretrain − sink}, so that all visible slots together are {@code L_pretrain}. */
    PRETRAIN_LESS_SINK,
    /** Half of {@code local}. */
    HALF_LOCAL,
    /** Half of {@code ceiling}. */
    HALF_CEILING,
    /** Half of {@code L_pretrain}. */
    HALF_PRETRAIN,
    /** {@code L_pretrain / 64}. */
    SIXTY_FOURTH_OF_PRETRAIN,
    /** A quarter of {@code L_pretrain}. */
    QUARTER_PRETRAIN,
    /** Three quarters of {@code original}. */
    THREE_QUARTERS_ORIGINAL,
    /** {@code L_pretrain − chunk}, so that a passage and the window together are that long. */
    PRETRAIN_LESS_CHUNK
  }

  static final ArmParameter GLOBAL =
      new ArmParameter(
          "global", "n_global: initial tokens in the global branch", 0, Default.FIXED, 10);
  static final ArmParameter LOCAL = localAtLeast(1);
  static final ArmParameter CEILING =
      new ArmParameter(
          "ceiling", "L_pretrain: the largest effective distance", 1, Default.PRETRAIN, 0);

  static final ArmParameter ORIGINAL =
      new ArmParameter(
          "original", "L_pretrain: the length that the model knows", 1, Default.PRETRAIN, 0);
  static final ArmParameter NEIGHBOURS =
      new ArmParameter(
          "window", "w: keys with a smaller distance keep it", 1, Default.QUARTER_PRETRAIN, 0);

  /** By how much frequencies fall: a number of at least 1, in thousandths. */
  static ArmParameter factor(int fixedDefault) {
    return thousandths("factor", "the longest text over L_pretrain", 1000, fixedDefault * 1000);
  }

  static ArmParameter thousandths(String key, String summary, int min, int fixedDefault) {
    return new ArmParameter(key, summary, min, Default.FIXED, fixedDefault, 1000);
  }

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
