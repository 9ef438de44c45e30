package org.lambdascope.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmSessions;
import org.lambdascope.engine.generation.ContextSession;
import org.lambdascope.engine.model.LoadedDecoder;
import org.lambdascope.engine.probe.Probe;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the logits of every position, for comparison with other engines. */
@Command(
    name = "logits",
    description = "Write the logits of every position of an id sequence as .npy.",
    sortOptions = false,
    footer = {
      "",
      "OUT is a NumPy array, float32 [T, vocab]; row t predicts token t + 1.",
      "",
      "Examples:",
      "  lambdascope logits models/llama --ids 1,403,407 --out logits.npy",
      "  lambdascope logits model.gguf --ids-file ids.txt --out l.npy \\",
      "      --arm lm-infinite:local=512"
    })
final class LogitsCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private ModelArguments model;

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  @Mixin private ArmArguments arms = new ArmArguments();
  @Mixin private CacheArguments cache = new CacheArguments();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "F.npy",
      description = "The file to write.")
  private Path out = Path.of("");

  @Mixin private RunArguments run = new RunArguments();

  /** Ids, or a file that holds them. */
  static final class Source {
    @Option(
        names = "--ids",
        paramLabel = "1,2,3",
        required = true,
        description = "Token ids, between commas; nothing is put in front.")
    private @Nullable String ids;

    @Option(
        names = "--ids-file",
        paramLabel = "F",
        required = true,
        description = "A file that holds ids, between commas or white space.")
    private @Nullable Path file;

    String name() {
      return file == null ? "--ids" : file.toString();
    }

    int[] read() throws IOException {
      return TokenIds.parse(
          name(), file == null ? Objects.requireNonNull(ids) : TextFiles.read(file));
    }
  }

  LogitsCommand(Terminal terminal, Samples samples) {
    this.terminal = terminal;
    model = new ModelArguments(samples);
  }

  @Override
  public Integer call() throws IOException {
    model.check();
    run.check();
    arms.check();
    StandIns.note(terminal, model.standIn(), Optional.empty());
    int[] ids = source.read();
    try (LoadedDecoder opened = cache.applyTo(model.openDecoder())) {
      List<Arm> resolved = arms.resolve(opened.decoder().config());
      if (resolved.size() > 1) {
        throw CliException.usage("--arm: expected one arm, found " + resolved.size());
      }
      int vocabulary = opened.decoder().config().vocabularySize();
      TokenIds.check(source.name(), ids, vocabulary);
      try (OutputFile file = OutputFile.begin("--out", out, model.path(), source.file);
          ProgressLine progress = run.progress(terminal)) {
        write(opened, resolved.getFirst(), ids, file, progress);
        file.commit();
      }
      terminal.note("%s: float32 [%d, %d]".formatted(out, ids.length, vocabulary));
    }
    return ExitStatus.OK;
  }

  private void write(
      LoadedDecoder opened, Arm arm, int[] ids, OutputFile file, ProgressLine progress)
      throws IOException {
    NpyWriter npy =
        new NpyWriter(file.stream(), ids.length, opened.decoder().config().vocabularySize());
    int chunk = run.chunk(ids.length);
    ContextSession session = ArmSessions.start(opened.decoder(), arm, chunk, Probe.NONE);
    String stage = arm.toString();
    try {
      for (int from = 0; from < ids.length; ) {
        int to = (int) Math.min((long) from + chunk, ids.length);
        session.feed(
            ids,
            from,
            to,
            (position, logits, offset) -> {
              try {
                npy.row(logits, offset);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            terminal.cancellation());
        progress.update(stage, to, ids.length);
        from = to;
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
