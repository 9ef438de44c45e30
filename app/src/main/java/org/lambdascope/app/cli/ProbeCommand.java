package org.lambdascope.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.figure.EntropyView;
import org.lambdascope.app.figure.LogitsView;
import org.lambdascope.app.figure.spec.RunConfiguration;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ScoreOptions;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.experiment.Scoring;
import org.lambdascope.engine.model.LanguageModel;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.probe.CaptureOptions;
import org.lambdascope.engine.probe.CrossAttentionSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Captures the three diagnostics of a text under several arms. */
@Command(
    name = "probe",
    description =
        "Capture attention logits, attention entropy and hidden states, as tables and figures.",
    sortOptions = false,
    footer = {
      "",
      "Writes logits_by_distance, entropy, pca and nll into DIR, each as CSV, SVG,",
      "PNG and PDF; for cepe also cross_attention (share of attention per chunk) and",
      "cross_norm (cross-attention output relative to the residual stream).",
      "Each figure is also a folder with figure.json, data.csv and replot.py: figure",
      "draws it again for a venue, replot.py with matplotlib. run.json says what ran.",
      "Layers and heads count from 0.",
      "",
      "Example:",
      "  lambdascope probe models/llama --file book.txt --length 4096 \\",
      "      --arm vanilla --arm lm-infinite --out figures"
    })
final class ProbeCommand implements Callable<Integer> {

  private static final double MIB = 1 << 20;

  private final Terminal terminal;

  @Mixin private ModelArguments model;
  @Mixin private TextArguments text;
  @Mixin private ArmArguments arms = new ArmArguments();
  @Mixin private CacheArguments cache = new CacheArguments();
  @Mixin private ContextArguments context = new ContextArguments();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder to write into.")
  private Path out = Path.of("");

  @Option(
      names = "--layer",
      paramLabel = "L",
      description = "Draw this layer only; all by default. Tables hold every layer.")
  private @Nullable Integer layer;

  @Option(
      names = "--head",
      paramLabel = "H",
      description = "Draw this head only; mean and deviation over heads by default.")
  private @Nullable Integer head;

  @Option(
      names = "--statistic",
      paramLabel = "S",
      description =
          "Which attention logits are drawn: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE},"
              + " of the last query, as in the LM-Infinite paper).")
  private LogitsView.Statistic statistic = LogitsView.PAPER.statistic();

  @Option(
      names = "--distance-bins",
      paramLabel = "N",
      description = "The most bins over distance (default: ${DEFAULT-VALUE}).")
  private int distanceBins = CaptureOptions.PAPER.distanceBins();

  @Option(
      names = "--position-bins",
      paramLabel = "N",
      description = "The most bins over position (default: ${DEFAULT-VALUE}).")
  private int positionBins = CaptureOptions.PAPER.positionBins();

  @Option(
      names = "--hidden-layer",
      paramLabel = "L",
      description =
          "The layer whose output goes into the PCA (default: ${DEFAULT-VALUE}, the first).")
  private int hiddenLayer = CaptureOptions.PAPER.hiddenLayer();

  @Option(
      names = "--hidden-positions",
      paramLabel = "N",
      description = "Positions that go into the PCA, from the start (default: ${DEFAULT-VALUE}).")
  private int hiddenPositions = CaptureOptions.PAPER.hiddenPositions();

  @Option(
      names = "--anonymous",
      description = "Leave names out of run.json and the figures, for double-blind review.")
  private boolean anonymous;

  @Mixin private RunArguments run = new RunArguments();

  ProbeCommand(Terminal terminal, Samples samples) {
    this.terminal = terminal;
    model = new ModelArguments(samples);
    text = new TextArguments(samples);
  }

  @Override
  public Integer call() throws IOException {
    model.check();
    text.requireLength();
    text.check();
    arms.check();
    run.check();
    ModelArguments.atLeast("--distance-bins", distanceBins, 1);
    ModelArguments.atLeast("--position-bins", positionBins, 1);
    ModelArguments.atLeast("--hidden-positions", hiddenPositions, 1);
    StandIns.note(terminal, model.standIn(), text.standIn());
    model.requirePath();
    String characters = text.read();
    try (LanguageModel opened = cache.applyTo(model.open())) {
      ModelConfig config = opened.config();
      below("--layer", layer, config.layers());
      below("--head", head, config.heads());
      below("--hidden-layer", hiddenLayer, config.layers());
      List<Arm> resolved = arms.resolve(config);
      ContextArguments.check(opened.decoder(), resolved);
      int[] tokens = text.tokens(opened.tokenizer(), characters, terminal);
      ProbeFiles files = ProbeFiles.into(out, anonymous);
      CaptureOptions captures =
          new CaptureOptions(
              true, true, true, distanceBins, positionBins, hiddenLayer, hiddenPositions);
      predict(config, captures, resolved, tokens.length);
      List<ScoreResult> results = new ArrayList<>();
      for (Arm arm : resolved) {
        results.add(probe(opened, arm, tokens, captures));
        if (results.getLast().cancelled()) {
          break;
        }
      }
      boolean cancelled = results.getLast().cancelled();
      ScoreTable table = new ScoreTable(results);
      table.print(terminal.out());
      table.warnings().forEach(terminal::note);
      terminal.out().println();
      LogitsView logits = new LogitsView(statistic, orAll(layer), orAll(head));
      EntropyView entropy = new EntropyView(orAll(layer), orAll(head));
      RunConfiguration configuration = configuration(resolved, tokens.length, captures, config);
      for (Path file :
          files.write(results, logits, entropy, configuration, arms.pretrainLength(config))) {
        terminal.out().println(file);
      }
      terminal.out().flush();
      files.noteMissing(terminal);
      if (cancelled) {
        terminal.note(
            "interrupted in %s after %d of %d tokens; the files hold what was read"
                .formatted(results.getLast().arm(), results.getLast().scored(), tokens.length - 1));
        return ExitStatus.INTERRUPTED;
      }
      return ExitStatus.OK;
    }
  }

  private RunConfiguration configuration(
      List<Arm> resolved, int tokens, CaptureOptions captures, ModelConfig config) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("command", "probe");
    settings.put("version", VersionProvider.version());
    settings.put("model", model.name());
    settings.put("text", String.valueOf(text.file().getFileName()));
    settings.put("tokens", tokens);
    settings.put("arms", resolved.stream().map(Arm::toString).toList());
    settings.put("pretrain_length", arms.pretrainLength(config));
    settings.put("statistic", statistic.name());
    settings.put("layer", layer == null ? "all" : layer);
    settings.put("head", head == null ? "all" : head);
    settings.put("distance_bins", captures.distanceBins());
    settings.put("position_bins", captures.positionBins());
    settings.put("hidden_layer", captures.hiddenLayer());
    settings.put("hidden_positions", captures.hiddenPositions());
    return new RunConfiguration(settings);
  }

  private ScoreResult probe(LanguageModel opened, Arm arm, int[] tokens, CaptureOptions captures) {
    int chunk = run.chunk(tokens.length);
    ContextArguments.announce(terminal, opened.decoder(), arm, chunk, tokens.length);
    try (ProgressLine progress = run.progress(terminal)) {
      String stage = arm.toString();
      return Scoring.score(
          opened.decoder(),
          arm,
          tokens,
          new ScoreOptions(chunk, captures, context.options(List.of())),
          (from, to, nll) -> progress.update(stage, to, nll.length),
          terminal.cancellation());
    }
  }

  /** Says before the run what the captures will take. */
  private void predict(
      ModelConfig config, CaptureOptions captures, List<Arm> resolved, int tokens) {
    long all = 0;
    for (Arm arm : resolved) {
      long bytes =
          captures.predictedBytes(
                  config.layers(),
                  config.heads(),
                  config.hiddenSize(),
                  tokens,
                  arm.policy().hasGlobalBranch())
              + CrossAttentionSummary.predictedBytes(
                  config.layers(), tokens, arm.contextChunks(tokens));
      all += bytes;
      terminal.note(
          String.format(
              Locale.ROOT, "captures of %s: %,d bytes (%.1f MiB)", arm, bytes, bytes / MIB));
    }
    if (all > Runtime.getRuntime().maxMemory()) {
      throw CliException.failure(
          String.format(
              Locale.ROOT,
              "the captures take %.0f MiB and the heap may grow to %.0f MiB; use fewer bins or"
                  + " arms, or LAMBDASCOPE_JAVA_OPTS=-Xmx…",
              all / MIB,
              Runtime.getRuntime().maxMemory() / MIB));
    }
  }

  private static int orAll(@Nullable Integer index) {
    return index == null ? LogitsView.ALL : index;
  }

  private static void below(String option, @Nullable Integer value, int count) {
    if (value != null && (value < 0 || value >= count)) {
      throw CliException.usage(
          "%s: expected 0 to %d, found %d".formatted(option, count - 1, value));
    }
  }
}
