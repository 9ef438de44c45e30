package org.lambdascope.engine.experiment;

import java.util.List;
import java.util.Optional;
import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.generation.CachedSession;
import org.lambdascope.engine.generation.ContextSession;
import org.lambdascope.engine.generation.EncodedContextSession;
import org.lambdascope.engine.generation.EncodedContextSession.Shape;
import org.lambdascope.engine.generation.ReplugSession;
import org.lambdascope.engine.generation.TruncatingSession;
import org.lambdascope.engine.model.ContextDecoder;
import org.lambdascope.engine.model.CrossAttentionForecast;
import org.lambdascope.engine.model.CrossAttentionForm;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.position.PositionEncoding;
import org.lambdascope.engine.position.Rope;
import org.lambdascope.engine.probe.CaptureOptions;
import org.lambdascope.engine.probe.CrossAttentionSummary;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.retrieval.Bm25Retriever;
import org.lambdascope.engine.retrieval.ScoredPassage;

/** Starts sessions for arms. */
public final class ArmSessions {

  private ArmSessions() {}

  /** Whether this decoder can run arms of this kind. */
  public static boolean canRun(Decoder decoder, ArmKind kind) {
    return refusal(decoder, kind).isEmpty();
  }

  /** Why this decoder cannot run arms of this kind, for people; empty where it can. */
  public static Optional<String> refusal(Decoder decoder, ArmKind kind) {
    if (kind.needsEncoder() && !(decoder instanceof ContextDecoder)) {
      return Optional.of(
          "expected a model with an encoder (LlamaForCausalContextLM), found a plain "
              + decoder.config().family());
    }
    PositionEncoding positions = decoder.config().positions();
    if (kind.rescalesRope() && !(positions instanceof Rope)) {
      return Optional.of(
          "expected a model with rotary positions (RoPE), whose frequencies it rescales, found "
              + positions.description());
    }
    if (kind.growsBase() && positions instanceof Rope rope && rope.rotaryDim() < 4) {
      return Optional.of(
          "expected at least 4 rotary features, found " + rope.rotaryDim()); // θ^(d/(d−2))
    }
    return Optional.empty();
  }

  /**
   * Starts a session.
   *
   * @param chunk tokens per forward pass
   * @param probe taps
   * @throws IllegalArgumentException if the model cannot run the arm ({@link #refusal})
   */
  public static ContextSession start(Decoder decoder, Arm arm, int chunk, Probe probe) {
    return start(decoder, arm, chunk, probe, ContextOptions.DEFAULT);
  }

  /** As above, with options for arms that reach text beside the decoder's window. */
  public static ContextSession start(
      Decoder decoder, Arm arm, int chunk, Probe probe, ContextOptions context) {
    if (!canRun(decoder, arm.kind())) {
      throw refused(decoder, arm);
    }
    return switch (arm.kind()) {
      case TRUNCATE ->
          new TruncatingSession(decoder, arm.get("local"), arm.get("stride"), chunk, probe);
      case CEPE, CEPE_DISTILLED -> {
        ContextDecoder encoding = withEncoder(decoder, arm);
        yield new EncodedContextSession(
            encoding,
            shape(arm),
            form(encoding, arm, chunk, context),
            context.passages().stream().map(ScoredPassage::tokens).toList(),
            chunk,
            probe);
      }
      case REPLUG ->
          new ReplugSession(
              decoder,
              new ReplugSession.Shape(
                  arm.get("passages"),
                  arm.get("temperature") / 1000.0,
                  arm.get("chunk"),
                  arm.get("window")),
              new Bm25Retriever(),
              context.passages(),
              chunk);
      default ->
          new CachedSession(decoder, arm.policy(decoder.config().slidingWindow()), chunk, probe);
    };
  }

  /**
   * What the two ways to attend to a full context of this arm are predicted to cost, for one window
   * of the decoder.
   *
   * @param tokens of the text
   * @param chunk tokens per forward pass
   * @throws IllegalArgumentException if the arm needs an encoder and the model has none
   */
  public static List<CrossAttentionForecast> forecast(
      Decoder decoder, Arm arm, int chunk, long tokens) {
    int window = arm.get("window");
    long context = Math.clamp(tokens - window, 0, (long) arm.get("context"));
    return withEncoder(decoder, arm)
        .forecast(context, arm.get("chunk"), window, Math.min(chunk, window));
  }

  private static CrossAttentionForm form(
      ContextDecoder decoder, Arm arm, int chunk, ContextOptions context) {
    CrossAttentionForm wanted = context.cross();
    if (wanted != null) {
      return wanted;
    }
    Runtime runtime = Runtime.getRuntime();
    long free = runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
    // Half of what is free: the rest is for the key/value cache, captures and the collector.
    return CrossAttentionForm.choose(forecast(decoder, arm, chunk, Long.MAX_VALUE), free / 2);
  }

  private static Shape shape(Arm arm) {
    return new Shape(arm.get("chunk"), arm.get("context"), arm.get("window"));
  }

  private static ContextDecoder withEncoder(Decoder decoder, Arm arm) {
    if (decoder instanceof ContextDecoder encoding) {
      return encoding;
    }
    throw refused(decoder, arm);
  }

  private static IllegalArgumentException refused(Decoder decoder, Arm arm) {
    return new IllegalArgumentException(
        arm.kind().id() + ": " + refusal(decoder, arm.kind()).orElse("expected another model"));
  }

  /**
   * Bytes that captures take while the arm reads a text.
   *
   * @param tokens of the text
   */
  public static long predictedCaptureBytes(
      Decoder decoder, Arm arm, CaptureOptions captures, int tokens) {
    ModelConfig config = decoder.config();
    return captures.predictedBytes(
            config.layers(),
            config.heads(),
            config.hiddenSize(),
            tokens,
            arm.policy().hasGlobalBranch())
        + CrossAttentionSummary.predictedBytes(config.layers(), tokens, arm.contextChunks(tokens));
  }

  /** Bytes that the caches of the arm take once it has read {@code tokens} tokens. */
  public static long predictedCacheBytes(Decoder decoder, Arm arm, int chunk, long tokens) {
    ContextPolicy policy = arm.policy(decoder.config().slidingWindow());
    return switch (arm.kind()) {
      case TRUNCATE -> decoder.cacheBytes(policy, chunk, Math.min(tokens, arm.get("local")));
      case CEPE, CEPE_DISTILLED -> {
        int window = arm.get("window");
        long context = Math.clamp(tokens - window, 0, (long) arm.get("context"));
        yield decoder.cacheBytes(policy, Math.min(chunk, window), Math.min(tokens, window))
            + withEncoder(decoder, arm).encoder().contextBytes(context, arm.get("chunk"));
      }
      case REPLUG -> {
        int most = arm.get("chunk") + arm.get("window");
        yield arm.get("passages")
            * decoder.cacheBytes(policy, Math.min(chunk, most), Math.min(tokens, most));
      }
      default -> decoder.cacheBytes(policy, chunk, tokens);
    };
  }
}
