package org.lambdascope.app.mask;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Formats;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.ArmMask;
import org.lambdascope.engine.experiment.MaskRun;
import org.lambdascope.engine.experiment.Reach;

/** Why a query sees a key, in words. */
final class MaskWords {

  private final ArmMask mask;
  private final Arm arm;
  private final int slidingWindow;
  private final int pretrainLength;

  MaskWords(ArmMask mask, int slidingWindow, int pretrainLength) {
    this.mask = mask;
    this.arm = mask.arm();
    this.slidingWindow = slidingWindow;
    this.pretrainLength = pretrainLength;
  }

  /** Raw and effective distance, and where the latter comes from. */
  String distances(int query, int key, @Nullable MaskRun run) {
    if (key > query) {
      return "the key stands %s %s after the query"
          .formatted(Formats.count(key - (long) query), key - query == 1 ? "token" : "tokens");
    }
    int raw = query - key;
    String words = "raw distance d = " + Formats.count(raw);
    if (run == null) {
      return words;
    }
    if (run.reach() == Reach.PASSAGE) {
      return words
          + " · effective distance %s if its passage is retrieved: it stands right before the window"
              .formatted(Formats.count(beforeWindow(query, key)));
    }
    double effective = run.effectiveDistance(query, key);
    if (Double.isNaN(effective)) {
      return words + " · no effective distance: it has no place in the decoder";
    }
    words += " · effective distance " + distance(effective);
    if (effective != raw) {
      words += " (" + rule(run) + ")";
    }
    return effective > pretrainLength
        ? words
            + " · longer than any in training (L_pretrain %s)"
                .formatted(Formats.count(pretrainLength))
        : words;
  }

  /** The distance to a key whose passage stands before the query's window. */
  private int beforeWindow(int query, int key) {
    int chunk = arm.get("chunk");
    int window = mask.windowStart(query);
    int passage = key / chunk * chunk;
    int length = Math.min(chunk, window - passage);
    return length + (query - window) - (key - passage);
  }

  private static String distance(double value) {
    return value == Math.rint(value)
        ? Formats.count(Math.round(value))
        : String.format(Locale.ROOT, "%,.2f", value);
  }

  private String rule(MaskRun run) {
    return switch (run.reach()) {
      case CANDIDATE, MIDDLE -> "retrieved keys appear at one distance";
      default ->
          switch (arm.kind()) {
            case CEILING, LM_INFINITE -> "min(d, ceiling)";
            case INFLLM -> "initial keys appear at n_local";
            case STREAMING_LLM -> "between cache slots: sinks sit just beyond the recent keys";
            case REROPE -> "min(d, window)";
            case LEAKY_REROPE -> "window + (d − window) / factor";
            case SELF_EXTEND -> "between groups of positions, moved to begin at the window";
            case DCA -> "positions restart in every chunk";
            default -> "re-encoded";
          };
    };
  }

  /** Whether the query sees the key, and why. */
  String reason(int query, int key, @Nullable MaskRun run) {
    if (key > query) {
      return "not visible: a query sees no later key";
    }
    return run == null ? "not visible: " + hidden(query, key) : seen(run, key);
  }

  private String seen(MaskRun run, int key) {
    return switch (run.reach()) {
      case GLOBAL ->
          arm.kind() == ArmKind.STREAMING_LLM
              ? "visible: a sink, j < " + named("n_sink", "sink")
              : "visible: global branch, j < " + named("n_global", "global");
      case MIDDLE -> "visible: it fills no whole block yet";
      case CANDIDATE ->
          arm.kind() == ArmKind.INFLLM
              ? "visible if its block is among the %s most relevant".formatted(value("blocks"))
              : "visible in heads where it is among the %s middle keys with the highest logits"
                  .formatted(value("k"));
      case ENCODED -> "reached by cross-attention, through %s of the encoder".formatted(chunk(key));
      case PASSAGE ->
          "seen if %s is among the %s passages that are retrieved for this window"
              .formatted(chunk(key), value("passages"));
      case LOCAL -> "visible: " + local(run);
    };
  }

  private String local(MaskRun run) {
    return switch (arm.kind()) {
      case WINDOW, LAMBDA_MASK, LM_INFINITE, INFLLM ->
          "local branch, d < " + named("n_local", "local");
      case STREAMING_LLM -> "recent, d < " + named("n_recent", "recent");
      case TRUNCATE ->
          "in the window from %s on, re-encoded from position 0"
              .formatted(Formats.count(run.origin()));
      case CEPE, CEPE_DISTILLED, REPLUG ->
          "in the decoder’s window from %s on".formatted(Formats.count(run.origin()));
      default ->
          slidingWindow == Edge.UNBOUNDED
              ? "this arm sees all earlier keys"
              : "d < %s, the model’s own window".formatted(Formats.count(slidingWindow));
    };
  }

  private String hidden(int query, int key) {
    String d = Formats.count(query - (long) key);
    String j = Formats.count(key);
    return switch (arm.kind()) {
      case WINDOW -> "beyond the window, d = %s ≥ %s".formatted(d, named("n_local", "local"));
      case LAMBDA_MASK, LM_INFINITE, INFLLM ->
          "beyond the local branch, d = %s ≥ %s, and past the global one, j = %s ≥ %s"
              .formatted(d, named("n_local", "local"), j, named("n_global", "global"));
      case STREAMING_LLM ->
          "evicted: d = %s ≥ %s, and no sink, j = %s ≥ %s"
              .formatted(d, named("n_recent", "recent"), j, named("n_sink", "sink"));
      case TRUNCATE -> "before the window that this query is scored in";
      case CEPE, CEPE_DISTILLED ->
          "before the window and in no whole chunk of the last %s tokens, which the encoder reads"
              .formatted(value("context"));
      default -> "outside the model’s own window of %s".formatted(Formats.count(slidingWindow));
    };
  }

  private String chunk(int key) {
    int size = arm.get("chunk");
    int index = key / size;
    return "chunk %s (tokens %s–%s)"
        .formatted(
            Formats.count(index),
            Formats.count((long) index * size),
            Formats.count((index + 1L) * size - 1));
  }

  private String named(String symbol, String key) {
    return symbol + " = " + value(key);
  }

  private String value(String key) {
    return Formats.count(arm.get(key));
  }
}
