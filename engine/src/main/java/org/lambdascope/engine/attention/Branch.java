package org.lambdascope.engine.attention;

/** The two branches of the Λ-mask, and what lies between. A key that both would cover is local. */
public enum Branch {
  /** The initial tokens (LM-Infinite's global branch, StreamingLLM's sinks). */
  GLOBAL,
  /** The recent tokens, the query itself among them. */
  LOCAL,
  /** Neither: tokens in between that a policy retrieves for what they say. */
  MIDDLE
}
