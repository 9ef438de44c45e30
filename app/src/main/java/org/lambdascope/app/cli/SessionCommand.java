package org.lambdascope.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.session.Action;
import org.lambdascope.app.session.HeadlessSession;
import org.lambdascope.app.session.SessionFile;
import org.lambdascope.engine.experiment.ScoreResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the arms of a session without a window. */
@Command(
    name = "session",
    description = "Run the arms of a session that the window saved, by the same code.",
    sortOptions = false,
    footer = {
      "",
      "DIR gets what the window exports (File > Export all figures), each figure as PDF,",
      "SVG, PNG and CSV and as a folder from which figure draws it again, and",
      "session.lambdascope: the session with these results.",
      "",
      "Example:",
      "  lambdascope session work.lambdascope --out figures",
      "  lambdascope session work.lambdascope --replay --out again"
    })
final class SessionCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Samples samples;

  @Parameters(index = "0", paramLabel = "FILE", description = "The session (.lambdascope).")
  private Path file = Path.of("");

  @Option(names = "--out", paramLabel = "DIR", description = "The folder to write into.")
  private @Nullable Path out;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "The model, where it is not where the session says.")
  private @Nullable Path model;

  @Option(
      names = "--file",
      paramLabel = "F",
      description = "The text, where it is not where the session says.")
  private @Nullable Path text;

  @Option(
      names = "--history",
      description = "Print what was done in the window as commands, and run nothing.")
  private boolean history;

  @Option(
      names = "--replay",
      description = {
        "Do what was done in the window once more, command by command; each writes into a",
        "numbered folder of DIR."
      })
  private boolean replay;

  @Mixin private ProgressArguments progress = new ProgressArguments();

  SessionCommand(Terminal terminal, Samples samples) {
    this.terminal = terminal;
    this.samples = samples;
  }

  @Override
  public Integer call() throws IOException {
    if (history) {
      for (Action action : SessionFile.read(file).history()) {
        terminal.out().println("# %s %s".formatted(action.at(), action.what()));
        terminal.out().println(action.command());
      }
      return ExitStatus.OK;
    }
    if (replay) {
      if (out == null) {
        throw CliException.usage("--replay: expected --out DIR, into which the commands write");
      }
      OutputFile.requireName("--out", out);
      return new HistoryReplay(terminal, samples, out).run(SessionFile.read(file).history());
    }
    FigureFiles files = out == null ? null : FigureFiles.into(out);
    try (HeadlessSession session =
        new HeadlessSession(
            file,
            model == null ? null : samples.modelOr(model),
            text == null ? null : samples.documentOr(text),
            samples)) {
      try (ProgressLine line = progress.line(terminal)) {
        session.run(
            status ->
                line.update(status.arm() + ", " + status.stage(), status.done(), status.total()),
            terminal.cancellation());
      }
      List<ScoreResult> results = session.scores();
      if (results.isEmpty()) {
        throw CliException.failure(file + ": expected a session with arms, found none");
      }
      ScoreTable table = new ScoreTable(results);
      table.print(terminal.out());
      table.warnings().forEach(terminal::note);
      if (files != null && out != null) {
        for (Map.Entry<String, Figure> figure : session.figures().entrySet()) {
          files.figure(figure.getKey(), figure.getValue());
        }
        files.written().forEach(terminal.out()::println);
        Path written = out.resolve("session" + SessionFile.SUFFIX);
        SessionFile.write(written, session.result());
        terminal.out().println(written);
      }
      return ExitStatus.OK;
    }
  }
}
