package org.lambdascope.engine.model.cepe;

import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.model.EncodedChunk;

/**
 * Φ of one chunk: the encoder's last hidden states, after its final norm, in blocks {@code
 * [ceil(tokens / BLOCK), width, BLOCK]}. Positions are the lanes, as the kernels want them; lanes
 * past the end are zero.
 */
final class PhiChunk implements EncodedChunk {

  private static final int BLOCK = Kernels.BLOCK;

  private final CepeEncoder encoder;
  private final int tokens;
  private final int width;
  private final float[] blocks;

  /**
   * Stores rows.
   *
   * @param encoder who made them
   * @param rows {@code [tokens, width]}
   */
  PhiChunk(CepeEncoder encoder, float[] rows, int tokens, int width) {
    this.encoder = encoder;
    this.tokens = tokens;
    this.width = width;
    this.blocks = toBlocks(rows, tokens, width);
  }

  /** {@code [tokens, width]} as {@code [blocks, width, BLOCK]}. */
  static float[] toBlocks(float[] rows, int tokens, int width) {
    float[] blocks = new float[Math.multiplyExact(Math.ceilDiv(tokens, BLOCK) * BLOCK, width)];
    for (int t = 0; t < tokens; t++) {
      int at = t / BLOCK * BLOCK * width + t % BLOCK;
      for (int f = 0; f < width; f++) {
        blocks[at + f * BLOCK] = rows[t * width + f];
      }
    }
    return blocks;
  }

  /** Writes the rows {@code [tokens, width]} back. */
  void readRows(float[] rows) {
    for (int t = 0; t < tokens; t++) {
      int at = t / BLOCK * BLOCK * width + t % BLOCK;
      for (int f = 0; f < width; f++) {
        rows[t * width + f] = blocks[at + f * BLOCK];
      }
    }
  }

  /** Who made it. */
  CepeEncoder encoder() {
    return encoder;
  }

  /** {@code [blocks, width, BLOCK]}. Do not modify. */
  float[] blocks() {
    return blocks;
  }

  @Override
  public int tokens() {
    return tokens;
  }

  @Override
  public long bytes() {
    return (long) blocks.length * Float.BYTES;
  }
}
