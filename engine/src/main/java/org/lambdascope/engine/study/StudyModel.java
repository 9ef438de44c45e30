package org.lambdascope.engine.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.ArmParser;
import org.lambdascope.engine.experiment.ArmSessions;
import org.lambdascope.engine.experiment.ContextOptions;
import org.lambdascope.engine.experiment.ScoreOptions;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.experiment.Scoring;
import org.lambdascope.engine.experiment.ScoringWork;
import org.lambdascope.engine.generation.ContextSession;
import org.lambdascope.engine.generation.GenerationListener;
import org.lambdascope.engine.generation.GenerationOptions;
import org.lambdascope.engine.generation.GenerationResult;
import org.lambdascope.engine.generation.GenerationResult.StopReason;
import org.lambdascope.engine.generation.Generator;
import org.lambdascope.engine.generation.SamplingOptions;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.LanguageModel;
import org.lambdascope.engine.probe.CaptureOptions;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.retrieval.ScoredPassage;
import org.lambdascope.engine.spec.SpecException;
import org.lambdascope.engine.spec.SpecNode;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.task.Progress;
import org.lambdascope.engine.tokenizer.StreamingDecoder;

/**
 * The model of a run, and what is done with it: texts are scored and continued.
 *
 * @param model the model
 * @param pretrainLength {@code L_pretrain}
 * @param chunk tokens per forward pass
 */
public record StudyModel(LanguageModel model, int pretrainLength, int chunk) {

  /** Characters of a token, about; and tokens that are read in the time in which one is written. */
  private static final double CHARACTERS = 3.5;

  private static final double READ_PER_WRITTEN = 8;

  private static final int TIMED_TOKENS = 256;
  private static final double ENOUGH_SECONDS = 1.5;

  /** The first text is read by code that is only being loaded: it takes a second for nothing. */
  private static final double COLD_SECONDS = 8;

  /** About how many tokens a text has, before it is cut into them. */
  static int tokens(double characters) {
    return (int) Math.ceil(characters / CHARACTERS);
  }

  /**
   * What it needs to read a text under an arm and to write on.
   *
   * @param tokens of the text
   */
  UnitNeed need(Arm arm, int tokens, int newTokens, CaptureOptions captures) {
    Decoder decoder = model.decoder();
    int read = Math.max(1, tokens);
    double work =
        ScoringWork.reading(decoder, arm, read)
            + (newTokens == 0
                ? 0
                : READ_PER_WRITTEN * newTokens * ScoringWork.step(decoder, arm, read));
    long bytes =
        ArmSessions.predictedCacheBytes(
            decoder, arm, Math.min(chunk, read), (long) read + newTokens);
    return new UnitNeed(
        work,
        captures.any()
            ? bytes + ArmSessions.predictedCaptureBytes(decoder, arm, captures, read)
            : bytes);
  }

  /**
   * What it needs to read texts one after another and to write on after each: a text of mean length
   * stands for all, the longest for the memory.
   *
   * @param characters of each
   */
  UnitNeed needOfAll(Arm arm, int[] characters, int newTokens) {
    int mean = tokens(Arrays.stream(characters).average().orElse(0));
    int longest = tokens(Arrays.stream(characters).max().orElse(0));
    return need(arm, mean, newTokens, CaptureOptions.NONE)
        .times(characters.length)
        .then(new UnitNeed(0, need(arm, longest, newTokens, CaptureOptions.NONE).bytes()));
  }

  /**
   * Reads a short text to see how fast that is.
   *
   * @return multiply-adds per second, as {@link UnitNeed#work} counts them
   * @throws CancellationException when cancelled
   */
  public double speed(Cancellation cancellation) {
    Arm arm = Arm.withDefaults(ArmKind.VANILLA, pretrainLength);
    int[] tokens = new int[TIMED_TOKENS];
    Arrays.setAll(tokens, i -> i % model.config().vocabularySize());
    double speed = 0;
    double enough = COLD_SECONDS;
    // Until it is compiled, the fastest counts; what takes long tells enough the first time.
    for (int length : new int[] {TIMED_TOKENS / 8, TIMED_TOKENS, TIMED_TOKENS, TIMED_TOKENS}) {
      long start = System.nanoTime();
      score(arm, first(tokens, length), CaptureOptions.NONE, Progress.NONE, cancellation);
      double seconds = (System.nanoTime() - start) * 1e-9;
      speed = Math.max(speed, need(arm, length, 0, CaptureOptions.NONE).work() / seconds);
      if (seconds > enough) {
        break;
      }
      enough = ENOUGH_SECONDS;
    }
    return speed;
  }

  /** Reads arms, and checks that this model can run them. */
  List<Arm> arms(List<SpecNode> texts) throws SpecException {
    List<Arm> arms = new ArrayList<>();
    for (SpecNode text : texts) {
      Arm arm = arm(text, text.text());
      if (arms.contains(arm)) {
        throw text.error("the arm %s is given twice".formatted(arm));
      }
      arms.add(arm);
    }
    return arms;
  }

  /** Reads an arm. */
  Arm arm(SpecNode at, String text) throws SpecException {
    Arm arm;
    try {
      arm = ArmParser.parse(text, pretrainLength);
    } catch (IllegalArgumentException e) {
      throw at.error(String.valueOf(e.getMessage()));
    }
    if (!ArmSessions.canRun(model.decoder(), arm.kind())) {
      throw at.error(
          "%s: expected a model with an encoder, found %s, a plain %s"
              .formatted(arm, model.name(), model.config().family()));
    }
    return arm;
  }

  /** A short name of an arm that is unique among those of an experiment, for files. */
  static String id(List<Arm> arms, Arm arm) {
    return String.format(Locale.ROOT, "%02d-%s", arms.indexOf(arm) + 1, arm.kind().id());
  }

  /**
   * Scores a text.
   *
   * @throws CancellationException when cancelled
   */
  ScoreResult score(
      Arm arm,
      int[] tokens,
      CaptureOptions captures,
      Progress progress,
      Cancellation cancellation) {
    ScoreResult result =
        Scoring.score(
            model.decoder(),
            arm,
            tokens,
            new ScoreOptions(Math.min(chunk, tokens.length), captures),
            (from, to, nll) -> progress.update(arm.toString(), to, nll.length),
            cancellation);
    if (result.cancelled()) {
      throw new CancellationException("cancelled");
    }
    return result;
  }

  /**
   * Continues a text greedily.
   *
   * @param passages ids of passages beside the text, for arms that take them; empty for none
   * @param atLine whether to end at the end of the line, or of the text
   * @throws CancellationException when cancelled
   */
  GenerationResult continued(
      Arm arm,
      int[] prompt,
      List<int[]> passages,
      int newTokens,
      boolean atLine,
      Progress progress,
      Cancellation cancellation) {
    int step = Math.min(chunk, prompt.length);
    ContextSession session =
        ArmSessions.start(
            model.decoder(),
            arm,
            step,
            Probe.NONE,
            new ContextOptions(
                null, passages.stream().map(ids -> new ScoredPassage(ids, 0)).toList()));
    GenerationResult result =
        Generator.generate(
            session,
            model.tokenizer(),
            prompt,
            new GenerationOptions(
                newTokens,
                SamplingOptions.GREEDY,
                atLine ? List.of("\n") : List.of(),
                atLine,
                step),
            new Heard(progress, prompt.length, newTokens),
            model.kernels(),
            cancellation);
    if (result.stop() == StopReason.CANCELLED) {
      throw new CancellationException("cancelled");
    }
    return result;
  }

  /** Ids of a text that begins one. */
  int[] encode(String text) {
    return model.tokenizer().encode(text, model.tokenizer().addsBosByDefault());
  }

  /** Ids of a text without BOS. */
  int[] encodePart(String text) {
    return model.tokenizer().encode(text, false);
  }

  /** The text of ids that follow others. */
  String decode(int[] ids) {
    StreamingDecoder decoder = model.tokenizer().newContinuationDecoder();
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      text.append(decoder.push(id));
    }
    return text.append(decoder.finish()).toString();
  }

  /** The first tokens of a text. */
  static int[] first(int[] tokens, int count) {
    return tokens.length <= count ? tokens : Arrays.copyOf(tokens, count);
  }

  /** Brings a generation's news to a progress. */
  private static final class Heard implements GenerationListener {
    private final Progress progress;
    private final int prompt;
    private final int newTokens;
    private int generated;

    Heard(Progress progress, int prompt, int newTokens) {
      this.progress = progress;
      this.prompt = prompt;
      this.newTokens = newTokens;
    }

    @Override
    public void promptRead(int done, int total) {
      progress.update("reading", done, (long) prompt + newTokens);
    }

    @Override
    public void token(int id, String text, float nll) {
      progress.update("writing", (long) prompt + ++generated, (long) prompt + newTokens);
    }
  }
}
