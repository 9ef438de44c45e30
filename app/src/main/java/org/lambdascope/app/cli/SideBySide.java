package org.lambdascope.app.cli;

import java.util.ArrayList;
import java.util.List;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.generation.GenerationListener;
import org.lambdascope.engine.generation.GenerationResult;

/**
 * Prints texts that are written side by side one after the other: the first as it comes, each other
 * once those before it have ended.
 */
final class SideBySide {

  private final Terminal terminal;
  private final boolean headed;
  private final List<Column> columns = new ArrayList<>();
  private int shown; // columns that have been printed to their end

  SideBySide(Terminal terminal, List<Arm> arms) {
    this.terminal = terminal;
    this.headed = arms.size() > 1;
  }

  /** The next column. */
  GenerationListener column(Arm arm, ProgressLine progress) {
    Column column = new Column(arm, progress);
    columns.add(column);
    return column;
  }

  /** Prints what is left of the columns that were given out last. */
  void finish(List<GenerationResult> results) {
    int first = columns.size() - results.size();
    for (int i = 0; i < results.size(); i++) {
      Column column = columns.get(first + i);
      column.text.replace(0, column.text.length(), results.get(i).text());
      column.ended = true;
    }
    show();
  }

  private void show() {
    while (shown < columns.size()) {
      Column column = columns.get(shown);
      column.show();
      if (!column.ended) {
        return;
      }
      terminal.out().println();
      terminal.out().flush();
      shown++;
    }
  }

  /** One text. */
  private final class Column implements GenerationListener {
    private final Arm arm;
    private final ProgressLine progress;
    private final StringBuilder text = new StringBuilder();
    private int printed = -1; // characters; none yet, nor the heading
    private boolean ended;

    Column(Arm arm, ProgressLine progress) {
      this.arm = arm;
      this.progress = progress;
    }

    private void show() {
      if (printed < 0) {
        progress.close();
        if (headed) {
          terminal.out().println((shown > 0 ? System.lineSeparator() : "") + "== " + arm);
        }
        printed = 0;
      }
      terminal.out().print(text.substring(printed));
      terminal.out().flush();
      printed = text.length();
    }

    @Override
    public void promptRead(int done, int total) {
      progress.update("reading the prompt (" + arm + ")", done, total);
    }

    @Override
    public void token(int id, String piece, float nll) {
      text.append(piece);
      if (columns.get(shown) == this) {
        show();
      }
    }

    @Override
    public void ended() {
      ended = true;
      SideBySide.this.show();
    }
  }
}
