package org.lambdascope.engine.experiment.context;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.lambdascope.engine.experiment.context.Targets.Place;

/** What stands before targets, in chunks. */
final class ContextChunks {

  private ContextChunks() {}

  /**
   * The chunks in order. They end right before the local tokens, and the first is the shorter one,
   * so that a longer context has the chunks of a shorter one and more.
   *
   * @param tokens of context
   * @param chunk tokens per chunk
   * @param seed of the random orders; each place has one of its own
   */
  static List<int[]> of(
      Targets targets, Place place, int tokens, int chunk, ContextControl control, long seed) {
    if (control == ContextControl.NONE) {
      return List.of();
    }
    boolean other = control == ContextControl.OTHER_DOCUMENT;
    int[] text =
        targets.documents().get(other ? targets.other(place.document()) : place.document());
    int end = Math.min(place.start() - targets.local(), text.length);
    List<int[]> chunks = cut(text, end - tokens, end, chunk);
    Random random = new Random(31 * (31 * seed + place.document()) + place.start());
    switch (control) {
      case SCRAMBLED -> chunks.forEach(c -> shuffle(c, random));
      case PERMUTED -> Collections.shuffle(chunks, random);
      case TRUE, OTHER_DOCUMENT, NONE -> {}
    }
    return chunks;
  }

  private static List<int[]> cut(int[] text, int from, int to, int chunk) {
    List<int[]> chunks = new ArrayList<>();
    int begin = from;
    while (begin < to) {
      int rest = (to - begin) % chunk;
      int end = begin + (rest == 0 ? chunk : rest);
      chunks.add(Arrays.copyOfRange(text, begin, end));
      begin = end;
    }
    return chunks;
  }

  private static void shuffle(int[] tokens, Random random) {
    for (int i = tokens.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = tokens[i];
      tokens[i] = tokens[j];
      tokens[j] = kept;
    }
  }

  /** All tokens of chunks, one after the other. */
  static int[] joined(List<int[]> chunks) {
    return chunks.stream().flatMapToInt(Arrays::stream).toArray();
  }
}
