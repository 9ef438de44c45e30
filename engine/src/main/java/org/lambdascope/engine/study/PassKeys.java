package org.lambdascope.engine.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToIntFunction;
import org.lambdascope.engine.spec.PromptSpec;

/**
 * Pass keys hidden in repetitive text: task, filler, key, filler, question, as Mohtashami and Jaggi
 * made them (2023, arXiv 2305.16300, section 4.2).
 */
final class PassKeys {

  private static final String TASK =
      "There is an important info hidden inside a lot of irrelevant text. Find it and memorize it."
          + " I will quiz you about the important information there.\n";
  private static final String FILLER =
      "The grass is green. The sky is blue. The sun is yellow. Here we go. There and back again. ";
  private static final String QUESTION = "\nWhat is the pass key? The pass key is";
  private static final int LEAST_KEY = 10_000;
  private static final int KEYS = 90_000;

  private PassKeys() {}

  /**
   * Prompts of every length and depth.
   *
   * @param tokens counts the tokens of a prompt
   */
  static List<Prompt> make(PromptSpec.Made made, ToIntFunction<String> tokens) {
    Random random = new Random(made.seed());
    List<Prompt> prompts = new ArrayList<>();
    for (int length : made.lengths()) {
      int repetitions = repetitions(length, tokens);
      for (double depth : made.depths()) {
        for (int i = 0; i < made.count(); i++) {
          int key = LEAST_KEY + random.nextInt(KEYS);
          Map<String, Double> at = new LinkedHashMap<>();
          at.put("length", (double) length);
          at.put("depth", depth);
          prompts.add(new Prompt(text(key, repetitions, depth), Integer.toString(key), at));
        }
      }
    }
    return prompts;
  }

  static String text(int key, int repetitions, double depth) {
    int before = (int) Math.round(depth * repetitions);
    return TASK
        + FILLER.repeat(before)
        + "The pass key is %d. Remember it. %d is the pass key.\n".formatted(key, key)
        + FILLER.repeat(repetitions - before)
        + QUESTION;
  }

  /** As often as the filler fits. */
  private static int repetitions(int length, ToIntFunction<String> tokens) {
    int key = LEAST_KEY + KEYS / 2;
    int none = tokens.applyAsInt(text(key, 0, 0));
    int ten = tokens.applyAsInt(text(key, 10, 0));
    int most = Math.max(0, (int) (10L * (length - none) / Math.max(1, ten - none)));
    while (most > 0 && tokens.applyAsInt(text(key, most, 0)) > length) {
      most--;
    }
    return most;
  }
}
