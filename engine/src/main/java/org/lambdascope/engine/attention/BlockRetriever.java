package org.lambdascope.engine.attention;

import java.util.Arrays;
import org.lambdascope.engine.kernels.Kernels;

/**
 * {@link Retrieval.TopBlocks}: keeps one vector per block, the sum of its representatives' keys,
 * and looks blocks up by it.
 *
 * <p>A representative is a key with a large mean logit over the queries that saw it in the local
 * branch. That mean is linear in the query, so running sums of the rotated queries give it by one
 * product per key: {@code Σ_p q_p · k = (S_last − S_before) · k}. Sums are kept by position, so a
 * pass that was cancelled may be read again.
 */
final class BlockRetriever extends Retriever {

  private static final int PAGE = Kernels.BLOCK;

  /** The span of the local branch, at raw distance. */
  private static final int LOCAL = 0;

  private final Retrieval.TopBlocks rule;
  private final Reads reads;
  private final int width;
  private final int sumRows;
  private final int rotatedCopy;
  private final int plainCopy;
  private final Layer[] layers;
  private final Scratch[] scratch;

  /** {@code [maxChunk, heads, headDim]}: the queries as they meet what is retrieved. */
  private final float[] sought;

  /** {@code [maxChunk]}: the blocks that each query chose, ascending. */
  private final int[][] chosen;

  /** How many those are, or −1 for all. */
  private final int[] chosenCount;

  private int firstPosition;
  private long bytes;

  private static final class Layer {
    /** {@code [page][PAGE, heads, headDim]}: sums of rotated queries up to a position. */
    private double[][] sums = {};

    /** {@code [page][heads, headDim, PAGE]}: blocks are lanes, as keys are in the cache. */
    private float[][] blocks = {};
  }

  private static final class Scratch {
    private final Largest largest;
    private final float[] vector;
    private final float[] scores;

    Scratch(Kernels kernels, int headDim, int block) {
      largest = new Largest(kernels);
      vector = new float[headDim];
      scores = new float[Math.max(block, PAGE)];
    }
  }

  BlockRetriever(Retrieval.TopBlocks rule, Reads reads) {
    this.rule = rule;
    this.reads = reads;
    AttentionShape shape = reads.shape();
    this.width = width(shape);
    this.sumRows = sumRows(rule, reads.maxChunk());
    this.rotatedCopy = reads.copies().of(reads.policy().spans().get(LOCAL));
    this.plainCopy = reads.copies().of(rule.candidates());
    this.layers = new Layer[shape.layers()];
    Arrays.setAll(layers, l -> new Layer());
    this.scratch = new Scratch[reads.team().size()];
    Arrays.setAll(scratch, w -> new Scratch(reads.kernels(), shape.headDim(), rule.block()));
    this.sought = new float[reads.maxChunk() * width];
    this.chosen = new int[reads.maxChunk()][0];
    this.chosenCount = new int[reads.maxChunk()];
  }

  private static int width(AttentionShape shape) {
    return shape.heads() * shape.headDim();
  }

  /** Sums that a pass can need: from before its oldest unjudged block on. */
  private static int sumRows(Retrieval.TopBlocks rule, int maxChunk) {
    long rows = (long) rule.local() + rule.block() + maxChunk;
    return (int) Math.min(Math.ceilDiv(rows, PAGE) * (long) PAGE, Integer.MAX_VALUE / PAGE * PAGE);
  }

  static long predictedBytes(
      Retrieval.TopBlocks rule, AttentionShape shape, int maxChunk, long tokens) {
    long sums = Math.ceilDiv(Math.min(tokens, sumRows(rule, maxChunk)), (long) PAGE);
    long judged = Math.max(0, tokens + 1 - rule.local() - rule.firstKey()) / rule.block();
    long blocks = Math.ceilDiv(judged, (long) PAGE);
    return (long) shape.layers()
        * PAGE
        * width(shape)
        * (sums * Double.BYTES + blocks * Float.BYTES);
  }

  @Override
  boolean learns() {
    return true;
  }

  @Override
  long bytes() {
    return bytes;
  }

  @Override
  void prepare(int firstPosition, int count) {
    this.firstPosition = firstPosition;
    int judged = rule.available(firstPosition + count);
    for (Layer layer : layers) {
      for (int p = firstPosition; p < firstPosition + count; p++) {
        int page = p % sumRows / PAGE;
        if (page >= layer.sums.length) {
          layer.sums = Arrays.copyOf(layer.sums, page + 1);
          layer.sums[page] = new double[PAGE * width];
          bytes += (long) PAGE * width * Double.BYTES;
        }
      }
      int pages = Math.ceilDiv(judged, PAGE);
      while (layer.blocks.length < pages) {
        layer.blocks = Arrays.copyOf(layer.blocks, layer.blocks.length + 1);
        layer.blocks[layer.blocks.length - 1] = new float[PAGE * width];
        bytes += (long) PAGE * width * Float.BYTES;
      }
    }
  }

  @Override
  void learn(int layer, int from, int to, float[] query) {
    reads
        .team()
        .forEach(
            reads.shape().heads(),
            (head, worker) -> learn(layers[layer], layer, head, from, to, query, scratch[worker]));
    reads
        .team()
        .forEach(to - from, (n, worker) -> lookUp(layers[layer], from + n, scratch[worker]));
  }

  private void learn(
      Layer memory, int layer, int head, int from, int to, float[] query, Scratch space) {
    int headDim = reads.shape().headDim();
    float[] vector = space.vector;
    for (int t = from; t < to; t++) {
      int i = firstPosition + t;
      int offset = t * width + head * headDim;
      System.arraycopy(query, offset, vector, 0, headDim);
      reads.positions().encodeQuery(vector, 0, LOCAL, t);
      double[] sums = sums(memory, i);
      int at = sumIndex(i) + head * headDim;
      if (i == 0) {
        for (int d = 0; d < headDim; d++) {
          sums[at + d] = vector[d];
        }
      } else {
        double[] before = sums(memory, i - 1);
        int beforeAt = sumIndex(i - 1) + head * headDim;
        for (int d = 0; d < headDim; d++) {
          sums[at + d] = before[beforeAt + d] + vector[d];
        }
      }
      System.arraycopy(query, offset, vector, 0, headDim);
      reads.positions().encodeQuery(vector, 0, reads.candidateSpan(), t);
      System.arraycopy(vector, 0, sought, offset, headDim);
      for (int block = rule.available(i); block < rule.available(i + 1); block++) {
        judge(memory, layer, head, block, space); // its last key leaves the local branch
      }
    }
  }

  /** Chooses a block's representatives and writes their sum. */
  private void judge(Layer memory, int layer, int head, int block, Scratch space) {
    int headDim = reads.shape().headDim();
    int keyValueHead = head / reads.shape().groupSize();
    int first = rule.firstKey() + block * rule.block();
    float[] vector = space.vector;
    for (int n = 0; n < rule.block(); n++) {
      int m = first + n;
      int last = m + rule.local() - 1;
      double[] sumsTo = sums(memory, last);
      double[] sumsFrom = sums(memory, m);
      int toAt = sumIndex(last) + head * headDim;
      int fromAt = sumIndex(m) + head * headDim;
      reads.cache().readKey(layer, keyValueHead, m, rotatedCopy, vector);
      double score = 0;
      for (int d = 0; d < headDim; d++) {
        score += (sumsTo[toAt + d] - sumsFrom[fromAt + d]) * vector[d];
      }
      space.scores[n] = (float) score;
    }
    space.largest.start(rule.representatives());
    space.largest.offer(space.scores, 0, rule.block(), first);
    int[] keys = space.largest.sortedKeys();
    float[] page = memory.blocks[block / PAGE];
    int at = head * headDim * PAGE + block % PAGE;
    for (int d = 0; d < headDim; d++) {
      page[at + d * PAGE] = 0;
    }
    for (int r = 0; r < space.largest.size(); r++) {
      reads.cache().readKey(layer, keyValueHead, keys[r], plainCopy, vector);
      for (int d = 0; d < headDim; d++) {
        page[at + d * PAGE] += vector[d];
      }
    }
  }

  private void lookUp(Layer memory, int t, Scratch space) {
    int available = rule.available(firstPosition + t);
    if (available <= rule.count()) {
      chosenCount[t] = -1;
      return;
    }
    Largest largest = space.largest;
    largest.start(rule.count());
    for (int block = 0; block < available; block += PAGE) {
      reads
          .kernels()
          .scoreBlock(
              sought, t * width, memory.blocks[block / PAGE], 0, PAGE, width, 1, space.scores, 0);
      largest.offer(space.scores, 0, Math.min(PAGE, available - block), block);
    }
    if (chosen[t].length < rule.count()) {
      chosen[t] = new int[rule.count()];
    }
    chosenCount[t] = largest.size();
    System.arraycopy(largest.sortedKeys(), 0, chosen[t], 0, largest.size());
  }

  @Override
  void addTo(AttentionTile tile, int worker, int layer, int head, int t) {
    for (int row = 0; row < tile.rows(); row++) {
      addTo(tile, row, head, t + row);
    }
  }

  private void addTo(AttentionTile tile, int row, int head, int t) {
    Span candidates = rule.candidates();
    int from = candidates.from().at(tile.position(row));
    int to = candidates.to().at(tile.position(row));
    if (from >= to) {
      return;
    }
    int headDim = reads.shape().headDim();
    System.arraycopy(sought, t * width + head * headDim, tile.queries, row * headDim, headDim);
    int begin = from;
    int end = from;
    if (chosenCount[t] >= 0) {
      for (int n = 0; n < chosenCount[t]; n++) {
        int first = from + chosen[t][n] * rule.block();
        if (first != end) {
          add(tile, row, begin, end);
          begin = first;
        }
        end = first + rule.block();
      }
      int rest = from + rule.available(tile.position(row)) * rule.block();
      if (rest != end) {
        add(tile, row, begin, end);
        begin = rest;
      }
    }
    add(tile, row, begin, to);
  }

  private void add(AttentionTile tile, int row, int from, int to) {
    if (from < to) {
      tile.attendRow(row, rule.candidates(), plainCopy, from, to);
    }
  }

  private double[] sums(Layer memory, int position) {
    return memory.sums[position % sumRows / PAGE];
  }

  private int sumIndex(int position) {
    return position % sumRows % PAGE * width;
  }
}
