package org.lambdascope.engine.tokenizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lambdascope.engine.SharedData;

/** Texts with the ids that independent implementations give them. */
final class VocabularyVectors {

  private static final String END = "\n__ggml_vocab_test__\n";

  private VocabularyVectors() {}

  record Vector(String text, int[] ids) {}

  /** Pairs of {@code .inp} and {@code .out}, as llama.cpp keeps them beside its vocabularies. */
  static List<Vector> ofGguf(Path gguf) throws IOException {
    String input = Files.readString(gguf.resolveSibling(gguf.getFileName() + ".inp"));
    String output = Files.readString(gguf.resolveSibling(gguf.getFileName() + ".out"));
    String[] texts = input.substring(0, input.length() - END.length()).split(END, -1);
    String[] lines = output.substring(0, output.length() - 1).split("\n", -1);
    if (texts.length != lines.length) {
      throw new IOException(texts.length + " texts but " + lines.length + " lines of ids");
    }
    List<Vector> vectors = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      vectors.add(new Vector(texts[i], ids(lines[i].strip(), " ")));
    }
    return vectors;
  }

  /** Lines of {@code text => id,id,…}. */
  static List<Vector> ofLines(String name) throws IOException {
    List<Vector> vectors = new ArrayList<>();
    for (String line : Files.readAllLines(SharedData.require("tokenizers/vectors/" + name))) {
      int arrow = line.lastIndexOf(" => ");
      if (arrow >= 0) {
        vectors.add(new Vector(line.substring(0, arrow), ids(line.substring(arrow + 4), ",")));
      }
    }
    return vectors;
  }

  private static int[] ids(String text, String separator) {
    return text.isEmpty()
        ? new int[0]
        : Arrays.stream(text.split(separator)).mapToInt(Integer::parseInt).toArray();
  }
}
