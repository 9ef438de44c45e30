package org.lambdascope.app.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.context.ContextControl;
import org.lambdascope.engine.experiment.context.ContextSpec;
import org.lambdascope.engine.experiment.context.Targets;
import org.lambdascope.engine.model.LanguageModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scores fixed targets under the true context and under what should be worth less. */
@Command(
    name = "context-controls",
    description = "Score the same targets with the true context and with controls.",
    sortOptions = false,
    footer = {
      "",
      "The controls: none (no context), other-document (as much text of the next",
      "document), scrambled (tokens of every chunk in random order) and permuted",
      "(chunks in random order). Differences to the true context are paired; intervals",
      "are 95 %% (Student's t) over documents.",
      "DIR takes context_controls.json (rewritten after every measurement) and .csv,",
      "and the figure nll_by_control.",
      "",
      "Example:",
      "  lambdascope context-controls models/cepe --documents books/*.txt \\",
      "      --arm cepe --context 8x --stretches 4 --out controls"
    })
final class ContextControlsCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private ModelArguments model;
  @Mixin private DocumentArguments documents;
  @Mixin private ArmArguments arms = new ArmArguments();

  @Option(
      names = "--context",
      paramLabel = "C",
      description = {
        "The context in tokens, or in windows of the decoder (default: ${DEFAULT-VALUE})."
      })
  private String size = "8x";

  @Mixin private TargetArguments targets = new TargetArguments();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the random orders (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Mixin private ContextArguments context = new ContextArguments();
  @Mixin private ContextOutput output = new ContextOutput();
  @Mixin private RunArguments run = new RunArguments();

  ContextControlsCommand(Terminal terminal, Samples samples) {
    this.terminal = terminal;
    model = new ModelArguments(samples);
    documents = new DocumentArguments(samples);
  }

  @Override
  public Integer call() throws IOException {
    model.check();
    documents.check();
    arms.check();
    targets.check();
    run.check();
    ContextSizes.parse("--context", List.of(size), 1);
    StandIns.note(terminal, model.standIn(), documents.standIn());
    model.requirePath();
    List<String> texts = documents.read();
    output.prepare(model.path());
    try (LanguageModel opened = model.open()) {
      List<Arm> resolved = arms.resolve(opened.config());
      ContextArguments.check(opened.decoder(), resolved);
      List<DocumentArguments.Document> read = documents.documents(opened.tokenizer(), texts);
      List<Integer> sizes =
          ContextSizes.parse(
              "--context",
              List.of(size),
              Targets.window(resolved, arms.pretrainLength(opened.config())));
      Targets chosen =
          targets.in(
              read.stream().map(DocumentArguments.Document::tokens).toList(),
              resolved,
              sizes.getLast());
      if (chosen.used().size() < 2) {
        throw CliException.failure(
            "--documents: expected at least 2 that are long enough, one as the other's control,"
                + " found 1; --parts N cuts one text into several");
      }
      ContextSpec spec =
          new ContextSpec(
              resolved,
              sizes,
              List.of(ContextControl.values()),
              seed,
              0,
              run.chunk(Integer.MAX_VALUE),
              context.form());
      ContextReport report =
          new ContextReport("context-controls", opened, read, chosen, spec, arms, output, terminal);
      boolean cancelled = report.run(run);
      report.print();
      report.figures(arms.pretrainLength(opened.config())).forEach(terminal.out()::println);
      terminal.out().flush();
      return cancelled ? report.interrupted() : ExitStatus.OK;
    }
  }
}
