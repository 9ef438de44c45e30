package org.lambdascope.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says which bundled model and text stand in for what was not named. */
final class StandIns {

  private StandIns() {}

  /** Notes what stands in, in one line; nothing where both were named. */
  static void note(Terminal terminal, Optional<Path> model, Optional<Path> text) {
    List<String> names = new ArrayList<>();
    model.ifPresent(path -> names.add("model " + path.getFileName()));
    text.ifPresent(path -> names.add("text " + path.getFileName()));
    if (!names.isEmpty()) {
      terminal.note("using the bundled " + String.join(" and ", names));
    }
  }
}
