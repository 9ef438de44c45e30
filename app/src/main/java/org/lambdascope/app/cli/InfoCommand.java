package org.lambdascope.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.ArmSessions;
import org.lambdascope.engine.model.LanguageModel;
import org.lambdascope.engine.model.ModelConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;

/** Says what a model is. */
@Command(
    name = "info",
    description = {
      "Show a model's shape, tokenizer, and cache sizes per arm; without MODEL, what is bundled."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  lambdascope info",
      "  lambdascope info lambda-llama",
      "  lambdascope info models/llama --json"
    })
final class InfoCommand implements Callable<Integer> {

  /** Text lengths that cache sizes are given for. */
  private static final int[] LENGTHS = {4 << 10, 32 << 10, 128 << 10};

  private static final double MIB = 1 << 20;

  private final Terminal terminal;
  private final Samples samples;

  @Mixin private ModelArguments model;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private ArmArguments arms = new ArmArguments();
  @Mixin private CacheArguments cache = new CacheArguments();

  @Option(
      names = "--chunk",
      paramLabel = "N",
      description = "Tokens per forward pass, for the cache sizes (default: ${DEFAULT-VALUE}).")
  private int chunk = 256;

  /** Cache bytes of one arm at every length. */
  private record CacheRow(Arm arm, long[] bytes) {}

  InfoCommand(Terminal terminal, Samples samples) {
    this.terminal = terminal;
    this.samples = samples;
    model = new ModelArguments(samples);
  }

  @Override
  public Integer call() throws IOException {
    model.check();
    arms.check();
    RunArguments.check(chunk);
    if (!model.named()) {
      SampleList list = new SampleList(samples);
      if (json) {
        list.writeJson(terminal.out());
      } else {
        list.print(terminal.out());
      }
      return ExitStatus.OK;
    }
    try (LanguageModel opened = cache.applyTo(model.open())) {
      List<CacheRow> rows = cacheRows(opened);
      if (json) {
        writeJson(opened, rows);
      } else {
        print(opened, rows);
      }
    }
    return ExitStatus.OK;
  }

  private List<CacheRow> cacheRows(LanguageModel opened) {
    int pretrainLength = arms.pretrainLength(opened.config());
    List<Arm> listed =
        arms.given()
            ? arms.resolve(opened.config())
            : Arrays.stream(ArmKind.values())
                .filter(kind -> ArmSessions.canRun(opened.decoder(), kind))
                .map(kind -> Arm.withDefaults(kind, pretrainLength))
                .toList();
    ContextArguments.check(opened.decoder(), listed);
    List<CacheRow> rows = new ArrayList<>();
    for (Arm arm : listed) {
      rows.add(
          new CacheRow(
              arm,
              Arrays.stream(LENGTHS)
                  .mapToLong(n -> ArmSessions.predictedCacheBytes(opened.decoder(), arm, chunk, n))
                  .toArray()));
    }
    return rows;
  }

  private void print(LanguageModel opened, List<CacheRow> rows) {
    ModelConfig c = opened.config();
    PrintWriter out = terminal.out();
    line("model", opened.name());
    line("path", opened.path().toString());
    line("format", opened.format());
    line("family", c.family());
    line(
        "parameters",
        String.format(
            Locale.ROOT,
            "%,d (%s, %.1f MiB in files)",
            opened.decoder().parameters(),
            opened.decoder().dtypes(),
            opened.decoder().weightBytes() / MIB));
    line(
        "shape",
        String.format(
            Locale.ROOT,
            "%d layers, hidden %d, MLP %d, %d query heads, %d key/value heads, head dim %d",
            c.layers(),
            c.hiddenSize(),
            c.intermediateSize(),
            c.heads(),
            c.keyValueHeads(),
            c.headDim()));
    line(
        "embeddings",
        String.format(
            Locale.ROOT,
            "%,d ids, %s",
            c.vocabularySize(),
            c.tiedEmbeddings() ? "tied" : "untied"));
    line("L_pretrain", lengthLine(c));
    line("positions", c.positions().description());
    line("norm", "%s, epsilon %s".formatted(c.norm().kind().title(), c.norm().eps()));
    line("tokenizer", opened.tokenizer().description());
    line("BOS", bosLine(opened));
    line("EOS", ids(opened));
    line("kernels", opened.kernels().description());
    line("threads", Integer.toString(opened.threads()));
    out.println();
    out.println("Key/value cache in %s, MiB, after a text of".formatted(cache.type()));
    int width = rows.stream().mapToInt(r -> r.arm().toString().length()).max().orElse(0);
    StringBuilder heading = new StringBuilder(" ".repeat(width + 2));
    for (int length : LENGTHS) {
      heading.append(String.format(Locale.ROOT, "%10s", (length >> 10) + "k"));
    }
    out.println(heading.toString().stripTrailing());
    for (CacheRow row : rows) {
      String arm = row.arm().toString();
      StringBuilder text = new StringBuilder("  " + arm + " ".repeat(width - arm.length()));
      for (long bytes : row.bytes()) {
        text.append(String.format(Locale.ROOT, "%,10.2f", bytes / MIB));
      }
      out.println(text);
    }
    out.flush();
  }

  private void line(String name, String value) {
    terminal.out().println(String.format(Locale.ROOT, "%-12s%s", name, value));
  }

  private String lengthLine(ModelConfig c) {
    int used = arms.pretrainLength(c);
    return used == c.pretrainLength()
        ? Integer.toString(used)
        : "%d (the files say %d)".formatted(used, c.pretrainLength());
  }

  private static String bosLine(LanguageModel opened) {
    var bos = opened.tokenizer().bosId();
    if (bos.isEmpty()) {
      return "none";
    }
    return "%d %s, %s"
        .formatted(
            bos.getAsInt(),
            opened.tokenizer().tokenText(bos.getAsInt()),
            opened.tokenizer().addsBosByDefault() ? "put in front of texts" : "not put in front");
  }

  private static String ids(LanguageModel opened) {
    List<Integer> ids = opened.tokenizer().eosIds().stream().sorted().toList();
    return ids.isEmpty()
        ? "none"
        : String.join(
            ", ", ids.stream().map(id -> id + " " + opened.tokenizer().tokenText(id)).toList());
  }

  private void writeJson(LanguageModel opened, List<CacheRow> rows) {
    ModelConfig c = opened.config();
    try (JsonGenerator out = JsonFile.onto(terminal.out())) {
      out.writeStartObject();
      out.writeStringProperty("model", opened.name());
      out.writeStringProperty("path", opened.path().toString());
      out.writeStringProperty("format", opened.format());
      out.writeStringProperty("family", c.family());
      out.writeNumberProperty("parameters", opened.decoder().parameters());
      out.writeStringProperty("dtypes", opened.decoder().dtypes());
      out.writeNumberProperty("weightBytes", opened.decoder().weightBytes());
      out.writeNumberProperty("layers", c.layers());
      out.writeNumberProperty("hiddenSize", c.hiddenSize());
      out.writeNumberProperty("intermediateSize", c.intermediateSize());
      out.writeNumberProperty("heads", c.heads());
      out.writeNumberProperty("keyValueHeads", c.keyValueHeads());
      out.writeNumberProperty("headDim", c.headDim());
      out.writeNumberProperty("vocabularySize", c.vocabularySize());
      out.writeBooleanProperty("tiedEmbeddings", c.tiedEmbeddings());
      out.writeNumberProperty("pretrainLength", arms.pretrainLength(c));
      out.writeNumberProperty("pretrainLengthInFiles", c.pretrainLength());
      out.writeStringProperty("positions", c.positions().description());
      out.writeStringProperty("norm", c.norm().kind().title());
      out.writeNumberProperty("normEps", c.norm().eps());
      out.writeStringProperty("tokenizer", opened.tokenizer().description());
      if (opened.tokenizer().bosId().isPresent()) {
        out.writeNumberProperty("bosId", opened.tokenizer().bosId().getAsInt());
      } else {
        out.writeNullProperty("bosId");
      }
      out.writeBooleanProperty("addsBos", opened.tokenizer().addsBosByDefault());
      out.writeArrayPropertyStart("eosIds");
      opened.tokenizer().eosIds().stream().sorted().forEach(out::writeNumber);
      out.writeEndArray();
      out.writeStringProperty("kernels", opened.kernels().description());
      out.writeNumberProperty("threads", opened.threads());
      out.writeStringProperty("cache", cache.type().id());
      out.writeArrayPropertyStart("cacheBytes");
      for (CacheRow row : rows) {
        out.writeStartObject();
        out.writeStringProperty("arm", row.arm().toString());
        for (int i = 0; i < LENGTHS.length; i++) {
          out.writeNumberProperty(Integer.toString(LENGTHS[i]), row.bytes()[i]);
        }
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
      out.writeRaw('\n');
    }
  }
}
