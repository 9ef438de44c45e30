package org.lambdascope.engine.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.LoadedDecoder;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.tokenizer.Tokenizer;

/**
 * What a model is and what can be done with it, for people: its facts, the memory that each arm
 * takes, and the arms that it cannot run.
 *
 * @param facts in the order in which they are shown
 * @param memory of the arms that it can run
 * @param refused the arms that it cannot run; only where no arms were asked for
 */
public record ModelReport(List<Fact> facts, List<Memory> memory, List<Refused> refused) {

  /** Text lengths that memory is given for: 4k, 32k, 128k tokens. */
  public static final List<Integer> LENGTHS = List.of(4 << 10, 32 << 10, 128 << 10);

  private static final double MIB = 1 << 20;

  public ModelReport {
    facts = List.copyOf(facts);
    memory = List.copyOf(memory);
    refused = List.copyOf(refused);
  }

  /**
   * A fact.
   *
   * @param name such as {@code positions}
   * @param value in words
   */
  public record Fact(String name, String value) {}

  /**
   * What the caches of an arm take.
   *
   * @param arm the arm
   * @param bytes per entry of {@link #LENGTHS}
   */
  public record Memory(Arm arm, List<Long> bytes) {}

  /**
   * An arm that the model cannot run.
   *
   * @param kind the arm
   * @param reason what it expects and what the model has
   */
  public record Refused(ArmKind kind, String reason) {}

  /**
   * Reports on a model.
   *
   * @param tokenizer its tokenizer, if it has one
   * @param arms those to give the memory of; empty for all that exist, with their defaults
   * @param pretrainLength {@code L_pretrain} as it is used
   * @param chunk tokens per forward pass
   */
  public static ModelReport of(
      LoadedDecoder model,
      Optional<Tokenizer> tokenizer,
      List<Arm> arms,
      int pretrainLength,
      int chunk) {
    Decoder decoder = model.decoder();
    List<Arm> listed = new ArrayList<>(arms);
    List<Refused> refused = new ArrayList<>();
    if (arms.isEmpty()) {
      for (ArmKind kind : ArmKind.values()) {
        Optional<String> reason = ArmSessions.refusal(decoder, kind);
        if (reason.isPresent()) {
          refused.add(new Refused(kind, reason.get()));
        } else {
          listed.add(Arm.withDefaults(kind, pretrainLength));
        }
      }
    }
    List<Memory> memory = new ArrayList<>();
    for (Arm arm : listed) {
      memory.add(
          new Memory(
              arm,
              LENGTHS.stream()
                  .map(n -> ArmSessions.predictedCacheBytes(decoder, arm, chunk, n))
                  .toList()));
    }
    return new ModelReport(facts(model, tokenizer.orElse(null), pretrainLength), memory, refused);
  }

  private static List<Fact> facts(
      LoadedDecoder model, @Nullable Tokenizer tokenizer, int pretrainLength) {
    ModelConfig c = model.decoder().config();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("path", model.path().toString()));
    facts.add(new Fact("format", model.format()));
    facts.add(new Fact("family", c.family()));
    facts.add(
        new Fact(
            "parameters",
            String.format(
                Locale.ROOT,
                "%,d (%s, %.1f MiB in files)",
                model.decoder().parameters(),
                model.decoder().dtypes(),
                model.decoder().weightBytes() / MIB)));
    facts.add(
        new Fact(
            "shape",
            String.format(
                Locale.ROOT,
                "%d layers, hidden %d, MLP %d, %d query heads, %d key/value heads, head dim %d",
                c.layers(),
                c.hiddenSize(),
                c.intermediateSize(),
                c.heads(),
                c.keyValueHeads(),
                c.headDim())));
    facts.add(
        new Fact(
            "embeddings",
            String.format(
                Locale.ROOT,
                "%,d ids, %s",
                c.vocabularySize(),
                c.tiedEmbeddings() ? "tied" : "untied")));
    facts.add(new Fact("L_pretrain", length(c, pretrainLength)));
    facts.add(new Fact("positions", c.positions().description()));
    if (c.slidingWindow() != Edge.UNBOUNDED) {
      facts.add(
          new Fact("window", "keys with d < %d, the model's own".formatted(c.slidingWindow())));
    }
    facts.add(
        new Fact("norm", "%s, epsilon %s".formatted(c.norm().kind().title(), c.norm().eps())));
    facts.add(new Fact("tokenizer", tokenizer == null ? "none" : tokenizer.description()));
    if (tokenizer != null) {
      facts.add(new Fact("BOS", bos(tokenizer)));
      facts.add(new Fact("EOS", eos(tokenizer)));
    }
    facts.add(new Fact("kernels", model.kernels().description()));
    facts.add(new Fact("threads", Integer.toString(model.team().size())));
    return facts;
  }

  private static String length(ModelConfig c, int used) {
    return used == c.pretrainLength()
        ? Integer.toString(used)
        : "%d (the files say %d)".formatted(used, c.pretrainLength());
  }

  private static String bos(Tokenizer tokenizer) {
    OptionalInt bos = tokenizer.bosId();
    if (bos.isEmpty()) {
      return "none";
    }
    return "%d %s, %s"
        .formatted(
            bos.getAsInt(),
            tokenizer.tokenText(bos.getAsInt()),
            tokenizer.addsBosByDefault() ? "put in front of texts" : "not put in front");
  }

  private static String eos(Tokenizer tokenizer) {
    int[] ids = tokenizer.eosIds().stream().mapToInt(Integer::intValue).sorted().toArray();
    return ids.length == 0
        ? "none"
        : String.join(
            ", ", Arrays.stream(ids).mapToObj(id -> id + " " + tokenizer.tokenText(id)).toList());
  }
}
