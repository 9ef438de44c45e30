package org.lambdascope.engine.position;

/** Which features of a head form the pairs that RoPE rotates. */
public enum RopeLayout {
  /** {@code (i, i + dim/2)}: LLaMA as Hugging Face stores it. */
  HALF_SPLIT,
  /** {@code (2i, 2i + 1)}: GPT-J, and LLaMA as GGUF stores it. */
  INTERLEAVED
}
