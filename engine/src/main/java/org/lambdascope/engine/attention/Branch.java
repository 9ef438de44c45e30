package org.lambdascope.engine.attention;

/** The two branches of the Λ-mask. A key that both would cover is local. */
public enum Branch {
  /** The initial tokens (LM-Infinite's global branch, StreamingLLM's sinks). */
  GLOBAL,
  /** The recent tokens, the query itself among them. */
  LOCAL
}
