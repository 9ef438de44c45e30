package org.lambdascope.engine.experiment;

import org.lambdascope.engine.generation.CachedSession;
import org.lambdascope.engine.generation.ContextSession;
import org.lambdascope.engine.generation.TruncatingSession;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.probe.Probe;

/** Starts sessions for arms. */
public final class ArmSessions {

  private ArmSessions() {}

  /**
   * Starts a session.
   *
   * @param chunk tokens per forward pass
   * @param probe taps
   */
  public static ContextSession start(Decoder decoder, Arm arm, int chunk, Probe probe) {
    if (arm.kind() == ArmKind.TRUNCATE) {
      return new TruncatingSession(decoder, arm.get("local"), arm.get("stride"), chunk, probe);
    }
    return new CachedSession(decoder, arm.policy(decoder.config().slidingWindow()), chunk, probe);
  }

  /** Bytes that the key/value cache of the arm takes once it has read {@code tokens} tokens. */
  public static long predictedCacheBytes(Decoder decoder, Arm arm, int chunk, long tokens) {
    boolean truncates = arm.kind() == ArmKind.TRUNCATE;
    long most = truncates ? Math.min(tokens, arm.get("local")) : tokens;
    return decoder.cacheBytes(arm.policy(decoder.config().slidingWindow()), chunk, most);
  }
}
