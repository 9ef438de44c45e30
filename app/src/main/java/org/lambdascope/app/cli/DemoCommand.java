package org.lambdascope.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
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
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.app.samples.Comparison;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.workbench.EngineArmRunner;
import org.lambdascope.app.workbench.RunListener;
import org.lambdascope.app.workbench.RunOutcome;
import org.lambdascope.app.workbench.RunRequest;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.generation.GenerationResult;
import org.lambdascope.engine.generation.GenerationResult.StopReason;
import org.lambdascope.engine.model.ModelLoader;
import org.lambdascope.engine.probe.CaptureOptions;
import org.lambdascope.engine.tokenizer.Tokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the arms of {@link Comparison#ALL} on the bundled models, as the window does. */
@Command(
    name = "demo",
    description = "Compare the main arms on the bundled models and a long text.",
    sortOptions = false,
    footer = {
      "",
      "Prints the negative log-likelihood by position and what each arm writes after",
      "the text. DIR gets that as report.txt, and logits_by_distance, entropy, pca and",
      "nll, each as CSV, SVG, PNG and PDF, and as a folder from which figure draws it",
      "again for a venue. An interrupted demo keeps what is done.",
      "",
      "Example:",
      "  lambdascope demo --out figures"
    })
final class DemoCommand implements Callable<Integer> {

  private static final double MIB = 1 << 20;

  /** As much of the document's end as sets the scene. */
  private static final int TAIL_CHARACTERS = 240;

  private final Terminal terminal;
  private final Samples samples;
  private final EngineArmRunner runner = new EngineArmRunner();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder to write into (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("lambdascope-demo");

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Use the first N tokens of the text, BOS counted; all by default.")
  private @Nullable Integer length;

  @Mixin private ProgressArguments progress = new ProgressArguments();

  private final List<RunOutcome> outcomes = new ArrayList<>();

  /** The end of what was read, and the training length of the models. */
  private String tail = "";

  private int pretrainLength;
  private boolean cancelled;

  DemoCommand(Terminal terminal, Samples samples) {
    this.terminal = terminal;
    this.samples = samples;
  }

  @Override
  public Integer call() throws IOException {
    if (length != null) {
      ModelArguments.atLeast("--length", length, 2);
    }
    List<Comparison> comparisons = samples.comparisons();
    Path document =
        samples
            .welcome()
            .filter(found -> !comparisons.isEmpty())
            .orElseThrow(
                () ->
                    CliException.failure("the bundled samples are missing: " + samples.expected()));
    String text = TextFiles.read(document);
    ProbeFiles files = ProbeFiles.into(out, false);
    int arms = comparisons.stream().mapToInt(c -> c.arms().size()).sum();
    for (Comparison comparison : comparisons) {
      if (!cancelled) {
        run(comparison, document, text, arms);
      }
    }
    report(files);
    if (cancelled) {
      terminal.note("interrupted; %s holds what was done".formatted(out));
    }
    return cancelled ? ExitStatus.INTERRUPTED : ExitStatus.OK;
  }

  private void run(Comparison comparison, Path document, String text, int arms) throws IOException {
    Path path = samples.model(comparison.model()).orElseThrow();
    SharedModel model = new SharedModel(ModelLoader.open(path));
    try {
      Tokenizer tokenizer = model.model().tokenizer();
      int[] tokens =
          TextArguments.first(
              document, tokenizer.encode(text, tokenizer.addsBosByDefault()), length, terminal);
      tail = tail(tokenizer, tokens);
      pretrainLength = model.model().config().pretrainLength();
      for (ArmKind kind : comparison.arms()) {
        Arm arm = Arm.withDefaults(kind, pretrainLength);
        RunOutcome outcome =
            run(
                new RunRequest(model, arm, tokens, Comparison.NEW_TOKENS, CaptureOptions.PAPER),
                "%s, arm %d of %d".formatted(kind.id(), outcomes.size() + 1, arms));
        outcomes.add(outcome);
        GenerationResult generated = outcome.generated();
        cancelled = generated == null || generated.stop() == StopReason.CANCELLED;
        if (cancelled) {
          return;
        }
      }
    } finally {
      model.retire();
    }
  }

  private RunOutcome run(RunRequest request, String stage) {
    terminal.note(
        String.format(
            Locale.ROOT,
            "%s: %s on %,d tokens, at most %.1f MiB for cache and captures",
            request.model().model().name(),
            request.arm(),
            request.tokens().length,
            runner.predictedBytes(request) / MIB));
    try (ProgressLine line = progress.line(terminal)) {
      return runner.run(request, new Listener(line, stage), terminal.cancellation());
    }
  }

  private void report(ProbeFiles files) throws IOException {
    StringWriter text = new StringWriter();
    new DemoReport(outcomes, tail, terminal.columns()).print(new PrintWriter(text, true));
    terminal.out().print(text);
    List<ScoreResult> results = outcomes.stream().map(RunOutcome::score).toList();
    Path report = Files.writeString(out.resolve("report.txt"), text.toString());
    terminal.out().println(report);
    files
        .write(
            results,
            LogitsView.PAPER,
            new EntropyView(LogitsView.ALL, LogitsView.ALL),
            configuration(results),
            pretrainLength)
        .forEach(terminal.out()::println);
    terminal.out().flush();
    files.noteMissing(terminal);
  }

  private RunConfiguration configuration(List<ScoreResult> results) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("command", "demo");
    settings.put("version", VersionProvider.version());
    settings.put("model", Comparison.ALL.stream().map(Comparison::model).toList());
    settings.put("tokens", results.getFirst().nll().length + 1);
    settings.put("arms", results.stream().map(r -> r.arm().toString()).toList());
    settings.put("pretrain_length", pretrainLength);
    return new RunConfiguration(settings);
  }

  /** The last words of what was read, from the beginning of a word. */
  private static String tail(Tokenizer tokenizer, int[] tokens) {
    String all = tokenizer.decode(tokens);
    if (all.length() <= TAIL_CHARACTERS) {
      return all;
    }
    String end = all.substring(all.length() - TAIL_CHARACTERS);
    return end.substring(end.indexOf(' ') + 1);
  }

  /** Brings a run's news to the progress line. */
  private record Listener(ProgressLine line, String stage) implements RunListener {

    @Override
    public void scored(float[] nll, int scored) {
      line.update(stage, scored, nll.length);
    }

    @Override
    public void scoreFinished(ScoreResult score) {}

    @Override
    public void generated(int[] ids, float[] nll, int count) {
      line.update(stage + ", writing", count, ids.length);
    }
  }
}
