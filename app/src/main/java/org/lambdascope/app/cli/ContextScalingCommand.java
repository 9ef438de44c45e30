package org.lambdascope.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.context.ContextControl;
import org.lambdascope.engine.experiment.context.ContextSpec;
import org.lambdascope.engine.experiment.context.Targets;
import org.lambdascope.engine.model.LanguageModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scores fixed targets under a growing context. */
@Command(
    name = "context-scaling",
    description = "Score the same targets with more and more context before them.",
    sortOptions = false,
    footer = {
      "",
      "Every arm reads BOS, the local tokens and the targets; cepe gives the context",
      "to its encoder, replug takes its passages from it, and other arms read it",
      "right after BOS. Intervals are 95 %% (Student's t) over documents.",
      "DIR takes context_scaling.json (rewritten after every measurement) and .csv,",
      "and the figures nll_by_context and cost_by_context.",
      "",
      "Examples:",
      "  lambdascope context-scaling models/cepe --documents books/*.txt \\",
      "      --arm cepe --arm replug --arm vanilla --arm truncate --out scaling",
      "  lambdascope context-scaling lambda-llama --documents chronicle-32k \\",
      "      --arm vanilla --arm lm-infinite --contexts 0,1x,2x,4x,16384"
    })
final class ContextScalingCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private ModelArguments model;
  @Mixin private DocumentArguments documents;
  @Mixin private ArmArguments arms = new ArmArguments();

  @Option(
      names = "--contexts",
      split = ",",
      paramLabel = "C",
      description = {
        "Amounts of context in tokens, or in windows of the decoder (4x). By",
        "default 0,1x,2x,4x,... as far as the longest document and 131072 go.",
        "A window is the least window of the arms, or L_pretrain."
      })
  private List<String> contexts = new ArrayList<>();

  @Mixin private TargetArguments targets = new TargetArguments();

  @Option(
      names = "--decode",
      paramLabel = "N",
      description = {
        "Targets, the last ones, that are read one by one to measure decoding",
        "(default: ${DEFAULT-VALUE}; 0: none)."
      })
  private int decode = 16;

  @Mixin private ContextArguments context = new ContextArguments();
  @Mixin private ContextOutput output = new ContextOutput();
  @Mixin private RunArguments run = new RunArguments();

  ContextScalingCommand(Terminal terminal, Samples samples) {
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
    ModelArguments.atLeast("--decode", decode, 0);
    ContextSizes.parse("--contexts", contexts, 1);
    StandIns.note(terminal, model.standIn(), documents.standIn());
    model.requirePath();
    List<String> texts = documents.read();
    output.prepare(model.path());
    try (LanguageModel opened = model.open()) {
      List<Arm> resolved = arms.resolve(opened.config());
      ContextArguments.check(opened.decoder(), resolved);
      List<DocumentArguments.Document> read = documents.documents(opened.tokenizer(), texts);
      List<int[]> tokens = read.stream().map(DocumentArguments.Document::tokens).toList();
      int window = Targets.window(resolved, arms.pretrainLength(opened.config()));
      List<Integer> sizes =
          contexts.isEmpty()
              ? ContextSizes.doubling(window, targets.longestContext(tokens, resolved))
              : ContextSizes.parse("--contexts", contexts, window);
      Targets chosen = targets.in(tokens, resolved, sizes.getLast());
      ContextSpec spec =
          new ContextSpec(
              resolved,
              sizes,
              List.of(ContextControl.TRUE),
              0,
              Math.min(decode, chosen.length() - 1),
              run.chunk(Integer.MAX_VALUE),
              context.form());
      ContextReport report =
          new ContextReport("context-scaling", opened, read, chosen, spec, arms, output, terminal);
      @Nullable Path folder = output.folder();
      boolean cancelled = report.run(run);
      report.print();
      if (folder != null) {
        report.figures(arms.pretrainLength(opened.config())).forEach(terminal.out()::println);
      }
      terminal.out().flush();
      return cancelled ? report.interrupted() : ExitStatus.OK;
    }
  }
}
