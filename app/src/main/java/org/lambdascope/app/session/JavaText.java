package org.lambdascope.app.session;

import java.util.stream.Collectors;
import org.lambdascope.engine.experiment.Arm;
import tools.jackson.databind.json.JsonMapper;

/** A Java program against the engine, as one compact source file. */
public final class JavaText {

  private static final JsonMapper JSON = JsonMapper.shared();

  private JavaText() {}

  /**
   * Scores the text under each arm and prints the mean loss.
   *
   * @param model where it is
   * @param text where it is
   */
  public static String of(Reproduction r, String model, String text) {
    String arms =
        r.arms().stream()
            .map(Arm::toString)
            .map(JavaText::quoted)
            .collect(Collectors.joining(", "));
    return """
        import java.nio.file.Files;
        import java.nio.file.Path;
        import java.util.Arrays;
        import java.util.List;
        import org.lambdascope.engine.experiment.ArmParser;
        import org.lambdascope.engine.experiment.ScoreOptions;
        import org.lambdascope.engine.experiment.ScoreResult;
        import org.lambdascope.engine.experiment.Scoring;
        import org.lambdascope.engine.kernels.CacheType;
        import org.lambdascope.engine.model.LanguageModel;
        import org.lambdascope.engine.model.ModelLoader;
        import org.lambdascope.engine.probe.CaptureOptions;
        import org.lambdascope.engine.task.Cancellation;
        import org.lambdascope.engine.tokenizer.Tokenizer;

        void main() throws Exception {
          try (LanguageModel model = ModelLoader.open(Path.of(%s)).storing(CacheType.%s)) {
            Tokenizer tokenizer = model.tokenizer();
            String text = Files.readString(Path.of(%s));
            int[] all = tokenizer.encode(text, tokenizer.addsBosByDefault());
            int[] tokens = Arrays.copyOf(all, %d);
            for (String arm : List.of(%s)) {
              ScoreResult score =
                  Scoring.score(
                      model.decoder(),
                      ArmParser.parse(arm, %d), // L_pretrain
                      tokens,
                      new ScoreOptions(256, CaptureOptions.PAPER),
                      (from, to, nll) -> {},
                      Cancellation.NONE);
              System.out.printf("%%s: %%.4f nats per token%%n", arm, score.meanNll(0, tokens.length));
            }
          }
        }
        """
        .formatted(
            quoted(model), r.cacheType(), quoted(text), r.length(), arms, r.pretrainLength());
  }

  /** What JSON escapes, Java escapes in the same way. */
  private static String quoted(String text) {
    return JSON.writeValueAsString(text);
  }
}
