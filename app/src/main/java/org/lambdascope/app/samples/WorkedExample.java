package org.lambdascope.app.samples;

import java.util.List;
import org.lambdascope.engine.experiment.ArmKind;

/**
 * A question that bundled models answer when their arms are run.
 *
 * @param id names it
 * @param question the question
 * @param sees what one will see
 * @param model the bundled model's name
 * @param document the bundled document's name
 * @param arms in the order of their columns, at their defaults
 * @param tokens tokens that are read
 * @param newTokens tokens that each arm generates
 */
public record WorkedExample(
    String id,
    String question,
    String sees,
    String model,
    String document,
    List<ArmKind> arms,
    int tokens,
    int newTokens) {

  /** The examples of the welcome page. */
  public static final List<WorkedExample> ALL =
      List.of(
          new WorkedExample(
              "breaks",
              "What breaks past the training length?",
              "lambda-llama was trained on 512 tokens. Vanilla’s NLL climbs from about 0.7 nats to over 5 past 2,000 tokens; LM-Infinite’s stays level.",
              "lambda-llama",
              "welcome",
              List.of(ArmKind.VANILLA, ArmKind.LM_INFINITE),
              4096,
              64),
          new WorkedExample(
              "encoder",
              "Can a far fact be read through an encoder?",
              "A window forgets what lies before it. CEPE reaches it by cross-attention: past 2,000 tokens its NLL lies below the window’s.",
              "lambda-cepe",
              "welcome",
              List.of(ArmKind.WINDOW, ArmKind.CEPE),
              4096,
              64),
          new WorkedExample(
              "alibi",
              "Why does ALiBi not break?",
              "lambda-mpt has no rotary positions: far keys only fade. The three curves lie on one another, and so do logits by distance.",
              "lambda-mpt",
              "welcome",
              List.of(ArmKind.VANILLA, ArmKind.WINDOW, ArmKind.LM_INFINITE),
              4096,
              64));

  /** Copies the list. */
  public WorkedExample {
    arms = List.copyOf(arms);
  }
}
