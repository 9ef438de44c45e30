package org.lambdascope.app.cli;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.workbench.RunOutcome;
import org.lambdascope.engine.generation.GenerationResult;

/** What the demo found, in words and numbers. */
final class DemoReport {

  private static final String INDENT = "  ";

  private final List<RunOutcome> outcomes;
  private final String tail;
  private final int width;

  /**
   * Puts a report together.
   *
   * @param outcomes one per arm, at least one
   * @param tail the last words of the document, which the arms continue
   * @param width of a line, in characters
   */
  DemoReport(List<RunOutcome> outcomes, String tail, int width) {
    this.outcomes = List.copyOf(outcomes);
    this.tail = tail;
    this.width = width;
  }

  void print(PrintWriter out) {
    ScoreTable table = new ScoreTable(outcomes.stream().map(RunOutcome::score).toList());
    table.print(out);
    out.println();
    out.println("The document ends");
    out.print(Paragraphs.wrap("… " + tail.strip(), INDENT, width));
    out.println("and each arm goes on (greedy)");
    for (RunOutcome outcome : outcomes) {
      out.println();
      out.println("== " + outcome.score().arm());
      out.print(Paragraphs.wrap(continuation(outcome.generated()), INDENT, width));
    }
    out.println();
    out.flush();
    table.warnings().forEach(out::println);
  }

  private static String continuation(@Nullable GenerationResult generated) {
    if (generated == null) {
      return "(interrupted before it could)";
    }
    String text = generated.text().strip();
    return switch (generated.stop()) {
      case CANCELLED -> text + " (interrupted)";
      case EOS -> text + " (end of text)";
      case LENGTH, STOP_STRING -> text + " …";
    };
  }
}
