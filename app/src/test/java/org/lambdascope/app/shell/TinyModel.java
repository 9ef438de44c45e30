package org.lambdascope.app.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.lambdascope.app.samples.Samples;

/**
 * A small random LLaMA model that can be opened: the engine's fixture, with a tokenizer of letters.
 */
public final class TinyModel {

  private static final String LETTERS = " etaoinshrdlu.\nmc";

  private TinyModel() {}

  /** Makes the model folder below {@code folder}. */
  public static Path in(Path folder) throws IOException {
    return in(folder, "tiny", "mha", LETTERS);
  }

  /** Adds a model with an encoder to such a folder, as lambda-cepe. */
  public static void addCepe(Path folder) throws IOException {
    in(folder.resolve("models"), "lambda-cepe", "cepe-mha", LETTERS);
  }

  /** Adds a model without rotary positions to such a folder, as lambda-mpt. */
  public static void addMpt(Path folder) throws IOException {
    in(folder.resolve("models"), "lambda-mpt", "mpt", LETTERS.substring(0, 5)); // it knows 8 tokens
  }

  /** Makes the model folder of a name below {@code folder} from one of the engine's fixtures. */
  private static Path in(Path folder, String name, String source, String letters)
      throws IOException {
    Path fixture =
        Path.of("")
            .toAbsolutePath()
            .resolve("../engine/src/test/resources/reference")
            .resolve(source);
    Assumptions.assumeTrue(Files.exists(fixture), "skipped: no fixture models in ../engine");
    Path model = Files.createDirectories(folder.resolve(name));
    for (String file : new String[] {"config.json", "model.safetensors"}) {
      Files.copy(fixture.resolve(file), model.resolve(file));
    }
    Files.writeString(model.resolve("tokenizer.json"), tokenizer(letters));
    return model;
  }

  /** A text of {@code length} tokens for it. */
  public static Path text(Path folder, int length) throws IOException {
    return text(folder, "letters.txt", length);
  }

  /** Makes a folder of samples: the model as lambda-llama, and a welcome document. */
  public static Samples samples(Path folder, int length) throws IOException {
    in(folder.resolve("models"), "lambda-llama", "mha", LETTERS);
    text(Files.createDirectories(folder.resolve("documents")), "welcome.txt", length);
    return Samples.in(folder);
  }

  private static Path text(Path folder, String name, int length) throws IOException {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(i % 6 == 5 ? ' ' : LETTERS.charAt(1 + random.nextInt(12)));
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private static String tokenizer(String letters) {
    StringBuilder vocabulary = new StringBuilder("\"<unk>\":0,\"<s>\":1,\"</s>\":2");
    for (int i = 0; i < letters.length(); i++) {
      String letter = letters.charAt(i) == '\n' ? "\\n" : letters.substring(i, i + 1);
      vocabulary.append(",\"").append(letter).append("\":").append(3 + i);
    }
    return """
        {"version":"1.0","truncation":null,"padding":null,
         "added_tokens":[
          {"id":0,"content":"<unk>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},
          {"id":1,"content":"<s>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},
          {"id":2,"content":"</s>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}],
         "normalizer":null,"pre_tokenizer":null,"post_processor":null,"decoder":{"type":"Fuse"},
         "model":{"type":"BPE","dropout":null,"unk_token":"<unk>","continuing_subword_prefix":null,
          "end_of_word_suffix":null,"fuse_unk":false,"byte_fallback":false,
          "vocab":{VOCABULARY},"merges":[]}}
        """
        .replace("VOCABULARY", vocabulary);
  }
}
