package org.lambdascope.engine.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lambdascope.engine.format.safetensors.SafetensorsSource;

/**
 * A small CEPE model with the logits that PyTorch computed for it; {@code make_cepe_fixtures.py}
 * says how.
 *
 * @param folder the model
 * @param tokens what the decoder reads, {@code [T]}
 * @param context what the encoder reads, {@code [N]}
 * @param mask which of it is no padding, {@code [N]}
 */
record CepeFixture(Path folder, int[] tokens, int[] context, boolean[] mask) {

  /** Tokens per chunk. */
  static final int CHUNK = 24;

  static CepeFixture read(String name) throws IOException {
    Path folder = ReferenceFixture.folder(name);
    try (SafetensorsSource source = expected(folder)) {
      float[] marks = ReferenceFixture.floats(source.get("mask"));
      boolean[] mask = new boolean[marks.length];
      for (int i = 0; i < mask.length; i++) {
        mask[i] = marks[i] != 0;
      }
      return new CepeFixture(
          folder,
          ids(ReferenceFixture.floats(source.get("tokens"))),
          ids(ReferenceFixture.floats(source.get("context"))),
          mask);
    }
  }

  private static SafetensorsSource expected(Path folder) throws IOException {
    return SafetensorsSource.openFile(folder.resolve("expected.safetensors"));
  }

  private static int[] ids(float[] values) {
    int[] ids = new int[values.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (int) values[i];
    }
    return ids;
  }

  /** A tensor that PyTorch computed, such as the logits {@code [T, vocabulary]} of a case. */
  float[] expected(String name) throws IOException {
    try (SafetensorsSource source = expected(folder)) {
      return ReferenceFixture.floats(source.get(name));
    }
  }

  /** The context in chunks. */
  List<int[]> chunks() {
    List<int[]> chunks = new ArrayList<>();
    for (int from = 0; from < context.length; from += CHUNK) {
      chunks.add(Arrays.copyOfRange(context, from, Math.min(from + CHUNK, context.length)));
    }
    return chunks;
  }

  /** The mask in chunks. */
  List<boolean[]> masks() {
    List<boolean[]> masks = new ArrayList<>();
    for (int from = 0; from < mask.length; from += CHUNK) {
      masks.add(Arrays.copyOfRange(mask, from, Math.min(from + CHUNK, mask.length)));
    }
    return masks;
  }
}
