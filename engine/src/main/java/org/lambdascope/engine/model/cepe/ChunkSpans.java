package org.lambdascope.engine.model.cepe;

import java.util.ArrayList;
import java.util.List;
import org.lambdascope.engine.kernels.Kernels;

/** Keys and values of a context, cut into spans of a few blocks that each lie in one chunk. */
final class ChunkSpans {

  /** The most blocks in a span: its logits are one step of the online softmax. */
  static final int SPAN_BLOCKS = 8;

  /** No keys. */
  static final ChunkSpans EMPTY = new ChunkSpans(List.of());

  /**
   * Keys and values of one chunk.
   *
   * @param keys {@code [blocks, heads, width, BLOCK]}
   * @param values the same
   * @param tokens keys that count; lanes past them are zero
   */
  record Chunk(float[] keys, float[] values, int tokens) {}

  private record Span(Chunk chunk, int index, int firstBlock, int blocks, int length) {}

  private final Span[] spans;
  private final int blocks;

  ChunkSpans(List<Chunk> chunks) {
    List<Span> all = new ArrayList<>();
    int sum = 0;
    for (int c = 0; c < chunks.size(); c++) {
      Chunk chunk = chunks.get(c);
      int inChunk = Math.ceilDiv(chunk.tokens(), Kernels.BLOCK);
      for (int b = 0; b < inChunk; b += SPAN_BLOCKS) {
        int n = Math.min(SPAN_BLOCKS, inChunk - b);
        int length = Math.min(n * Kernels.BLOCK, chunk.tokens() - b * Kernels.BLOCK);
        all.add(new Span(chunk, c, b, n, length));
      }
      sum += inChunk;
    }
    spans = all.toArray(Span[]::new);
    blocks = sum;
  }

  /** Number of spans. */
  int size() {
    return spans.length;
  }

  /** Number of blocks in all spans. */
  int blocks() {
    return blocks;
  }

  /** The keys of the chunk that a span lies in. */
  float[] keys(int span) {
    return spans[span].chunk().keys();
  }

  /** The values of the chunk that a span lies in. */
  float[] values(int span) {
    return spans[span].chunk().values();
  }

  /** Index of the chunk that a span lies in. */
  int chunk(int span) {
    return spans[span].index();
  }

  /** A span's first block within its chunk. */
  int firstBlock(int span) {
    return spans[span].firstBlock();
  }

  /** Blocks of a span. */
  int blocks(int span) {
    return spans[span].blocks();
  }

  /** Keys of a span that count. */
  int length(int span) {
    return spans[span].length();
  }
}
