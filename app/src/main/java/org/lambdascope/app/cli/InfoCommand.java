package org.lambdascope.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ModelReport;
import org.lambdascope.engine.model.LoadedDecoder;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.tokenizer.Tokenizer;
import org.lambdascope.engine.tokenizer.Tokenizers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a model is. */
@Command(
    name = "info",
    description = {
      "Show a model's shape, tokenizer, its arms and their cache sizes; without MODEL, what is bundled."
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
    try (LoadedDecoder opened = cache.applyTo(model.inspectDecoder())) {
      Optional<Tokenizer> tokenizer =
          Tokenizers.isIn(opened.path()) ? Optional.of(model.openTokenizer()) : Optional.empty();
      ModelConfig config = opened.decoder().config();
      List<Arm> asked = arms.given() ? arms.resolve(config) : List.of();
      ContextArguments.check(opened.decoder(), asked);
      int pretrainLength = arms.pretrainLength(config);
      ModelReport report = ModelReport.of(opened, tokenizer, asked, pretrainLength, chunk);
      if (json) {
        InfoJson.write(terminal.out(), opened, tokenizer, pretrainLength, cache.type(), report);
      } else {
        print(report);
      }
    }
    return ExitStatus.OK;
  }

  private void print(ModelReport report) {
    PrintWriter out = terminal.out();
    line("model", model.name());
    report.facts().forEach(fact -> line(fact.name(), fact.value()));
    out.println();
    out.println("Key/value cache in %s, MiB, after a text of".formatted(cache.type()));
    int width = report.memory().stream().mapToInt(m -> m.arm().toString().length()).max().orElse(0);
    StringBuilder heading = new StringBuilder(" ".repeat(width + 2));
    for (int length : ModelReport.LENGTHS) {
      heading.append(String.format(Locale.ROOT, "%10s", (length >> 10) + "k"));
    }
    out.println(heading.toString().stripTrailing());
    for (ModelReport.Memory row : report.memory()) {
      String arm = row.arm().toString();
      StringBuilder text = new StringBuilder("  " + arm + " ".repeat(width - arm.length()));
      for (long bytes : row.bytes()) {
        text.append(String.format(Locale.ROOT, "%,10.2f", bytes / MIB));
      }
      out.println(text);
    }
    if (!report.refused().isEmpty()) {
      out.println();
      out.println("Arms that this model cannot run");
      for (ModelReport.Refused refused : report.refused()) {
        out.println("  " + refused.kind().id() + ": " + refused.reason());
      }
    }
    out.flush();
  }

  private void line(String name, String value) {
    terminal.out().println(String.format(Locale.ROOT, "%-12s%s", name, value));
  }
}
