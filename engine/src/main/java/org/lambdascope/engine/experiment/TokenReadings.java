package org.lambdascope.engine.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.lambdascope.engine.experiment.TokenReading.Neighbour;
import org.lambdascope.engine.generation.CachedSession;
import org.lambdascope.engine.generation.EncodedContextSession;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.probe.TokenCollector;
import org.lambdascope.engine.task.Cancellation;

/** Reads a text up to one token and tells everything about that token; nothing is stored before. */
public final class TokenReadings {

  private static final int CHUNK = 256;
  private static final int MOST_SAMPLED = 2048;

  private TokenReadings() {}

  /**
   * What is asked for.
   *
   * @param candidates tokens that every next-token distribution names
   * @param stateLayer decoder layer, from 0, in whose output similar tokens are looked for
   * @param neighbours how many similar tokens
   */
  public record Options(int candidates, int stateLayer, int neighbours) {}

  /**
   * Reads one token, in the window that it is scored in.
   *
   * @param tokens the text; ids up to the query are read, and the one after it is looked for among
   *     the predictions
   * @param query position of the token
   * @throws IllegalArgumentException for {@code replug}, which reads a token once per passage
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public static TokenReading read(
      Decoder decoder,
      Arm arm,
      int[] tokens,
      int query,
      Options options,
      Cancellation cancellation) {
    return read(decoder, arm, tokens, query, options, TextWindows.SCORING, cancellation);
  }

  /** As above, in one of the windows that the arm reads the token in. */
  public static TokenReading read(
      Decoder decoder,
      Arm arm,
      int[] tokens,
      int query,
      Options options,
      TextWindows windows,
      Cancellation cancellation) {
    ModelConfig config = decoder.config();
    if (query < 0 || query >= tokens.length) {
      throw new IllegalArgumentException(
          "query: expected 0 to %d, found %d".formatted(tokens.length - 1, query));
    }
    if (arm.kind() == ArmKind.REPLUG) {
      throw new IllegalArgumentException(
          "replug: a token is read once per passage; there is no single reading to show");
    }
    boolean encoded = arm.kind().needsEncoder();
    int start = windows.start(arm, query, config.bosId() >= 0);
    TokenCollector collector =
        new TokenCollector(
            query,
            encoded ? 0 : start, // sessions with an encoder count in positions of the text
            config.layers(),
            config.heads(),
            config.hiddenSize(),
            Math.min(options.stateLayer(), config.layers() - 1),
            MOST_SAMPLED);
    if (encoded) {
      int pass = Math.min(CHUNK, arm.get("window"));
      if (ArmSessions.start(decoder, arm, pass, collector)
          instanceof EncodedContextSession session) {
        session.readRow(tokens, start, query, cancellation);
      }
    } else {
      int[] window = Arrays.copyOfRange(tokens, start, query + 1);
      new CachedSession(decoder, arm.policy(config.slidingWindow()), CHUNK, collector)
          .feed(window, 0, window.length, null, cancellation);
    }
    return new TokenReading(
        query,
        lens(
            decoder,
            collector.residuals(),
            options.candidates(),
            query + 1 < tokens.length ? tokens[query + 1] : Prediction.UNKNOWN,
            cancellation),
        config.heads(),
        collector.attention(),
        collector.sample(),
        collector.pca(),
        neighbours(
            collector.positions(), collector.states(), config.hiddenSize(), options.neighbours()),
        new TokenReading.Compared(collector.positions().length - 1, collector.seen() - 1));
  }

  private static List<Prediction> lens(
      Decoder decoder, float[] residuals, int candidates, int target, Cancellation cancellation) {
    ModelConfig config = decoder.config();
    float[] logits = new float[config.vocabularySize()];
    List<Prediction> lens = new ArrayList<>();
    for (int depth = 0; depth <= config.layers(); depth++) {
      cancellation.check();
      decoder.unembed(residuals, depth * config.hiddenSize(), logits);
      lens.add(Prediction.of(logits, candidates, target));
    }
    return List.copyOf(lens);
  }

  private static List<Neighbour> neighbours(int[] positions, float[] states, int width, int most) {
    int last = positions.length - 1;
    List<Neighbour> found = new ArrayList<>();
    for (int p = 0; p < last; p++) {
      found.add(new Neighbour(positions[p], cosine(states, p * width, last * width, width)));
    }
    found.sort(Comparator.comparingDouble(Neighbour::cosine).reversed());
    return List.copyOf(found.subList(0, Math.min(most, found.size())));
  }

  private static double cosine(float[] states, int a, int b, int width) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int f = 0; f < width; f++) {
      dot += states[a + f] * (double) states[b + f];
      aa += states[a + f] * (double) states[a + f];
      bb += states[b + f] * (double) states[b + f];
    }
    return aa == 0 || bb == 0 ? 0 : dot / Math.sqrt(aa * bb);
  }
}
