package org.lambdascope.app.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.value.ObservableValue;
import org.lambdascope.app.inspector.InspectorViewModel;
import org.lambdascope.app.inspector.TokenViewModel;
import org.lambdascope.app.mask.MaskSpan;
import org.lambdascope.app.mask.MaskViewModel;
import org.lambdascope.app.runs.RunsViewModel;
import org.lambdascope.app.session.PageState;

/**
 * What single pages show, and which parts stand around them: read from the window, and put back.
 */
final class PageStates {

  private final ShellViewModel shell;
  private final TokenViewModel token;
  private final MaskViewModel mask;
  private final RunsViewModel runs;
  private final Map<String, BooleanProperty> parts;

  PageStates(ShellViewModel shell, TokenViewModel token, MaskViewModel mask, RunsViewModel runs) {
    this.shell = shell;
    this.token = token;
    this.mask = mask;
    this.runs = runs;
    parts =
        Map.of(
            "library", shell.libraryShownProperty(),
            "side", shell.sideShownProperty(),
            "bottom", shell.bottomShownProperty());
  }

  /** What changes when there is something else to keep. */
  List<ObservableValue<?>> values() {
    InspectorViewModel row = token.inspector();
    return List.of(
        shell.libraryShownProperty(),
        shell.sideShownProperty(),
        shell.bottomShownProperty(),
        row.layerProperty(),
        row.headProperty(),
        token.stateLayerProperty(),
        mask.spanProperty());
  }

  PageState now() {
    MaskSpan span = mask.spanProperty().get();
    return new PageState(
        Map.of(
            "library", shell.libraryShownProperty().get(),
            "side", shell.sideShownProperty().get(),
            "bottom", shell.bottomShownProperty().get()),
        token.inspector().layerProperty().get(),
        token.inspector().headProperty().get(),
        token.stateLayerProperty().get(),
        new PageState.Cells(span.queryFrom(), span.queryTo(), span.keyFrom(), span.keyTo()),
        runs.chosenFolders().stream().map(Path::toString).toList());
  }

  /** Shows it. The session's model and text are open, if they were found. */
  void show(PageState state) {
    state
        .parts()
        .forEach(
            (name, shown) -> {
              BooleanProperty part = parts.get(name);
              if (part != null) { // else another version of the program has it
                part.set(shown);
              }
            });
    set(token.inspector().layerProperty(), state.tokenLayer(), shell.layers());
    set(token.inspector().headProperty(), state.tokenHead(), shell.heads());
    set(token.stateLayerProperty(), state.stateLayer(), shell.layers());
    PageState.Cells cells = state.mask();
    mask.show(new MaskSpan(cells.queryFrom(), cells.queryTo(), cells.keyFrom(), cells.keyTo()));
    runs.chooseFolders(state.runs());
  }

  private static void set(IntegerProperty index, int wanted, int count) {
    index.set(Math.clamp(wanted, 0, Math.max(0, count - 1)));
  }
}
