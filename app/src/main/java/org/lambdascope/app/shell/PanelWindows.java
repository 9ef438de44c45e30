package org.lambdascope.app.shell;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.lambdascope.app.common.DetachedWindow;
import org.lambdascope.app.settings.WindowBounds;

/**
 * Moves the parts around the pages into windows of their own. A part leaves its place to its
 * neighbours; it comes back when its window is closed. To hide a part closes its window.
 */
final class PanelWindows {

  private final Node owner;
  private final ShellViewModel viewModel;
  private final Map<ShellPanel, Region> parts = new EnumMap<>(ShellPanel.class);
  private final Map<ShellPanel, Stage> windows = new EnumMap<>(ShellPanel.class);
  private final Consumer<Stage> prepare;

  /**
   * All parts are in the main window.
   *
   * @param owner is in the main window
   * @param prepare takes each window before it is shown
   */
  PanelWindows(Node owner, ShellViewModel viewModel, Consumer<Stage> prepare) {
    this.prepare = prepare;
    this.owner = owner;
    this.viewModel = viewModel;
  }

  /** Takes note of a part, which a {@link Dock} shows while it is docked. */
  void add(ShellPanel panel, Region part) {
    parts.put(panel, part);
    viewModel
        .shownProperty(panel)
        .subscribe(
            shown -> {
              Stage window = windows.get(panel);
              if (!shown && window != null) {
                window.close();
              }
            });
  }

  /** Moves a part into a window, or shows the window that it is in. */
  void open(ShellPanel panel) {
    open(panel, stage -> {});
  }

  /** Where the windows stand, by the parts' ids. */
  Map<String, WindowBounds> places() {
    Map<String, WindowBounds> places = new HashMap<>();
    windows.forEach((panel, window) -> places.put(panel.id(), WindowPlacement.of(window)));
    return places;
  }

  /** Moves parts into windows where they stood, and all others back into the main window. */
  void restore(Map<String, WindowBounds> places) {
    for (ShellPanel panel : ShellPanel.values()) {
      WindowBounds place = places.get(panel.id());
      Stage there = windows.get(panel);
      if (place != null && there != null) {
        WindowPlacement.place(there, place);
      } else if (place != null) {
        open(panel, stage -> WindowPlacement.place(stage, place));
      } else if (there != null) {
        there.close();
      }
    }
  }

  private void open(ShellPanel panel, Consumer<Stage> place) {
    Region part = parts.get(panel);
    Stage there = windows.get(panel);
    if (there != null) {
      there.toFront();
      there.requestFocus();
    } else if (part != null) {
      viewModel.shownProperty(panel).set(true);
      DetachedWindow.beforeMove(part, true);
      viewModel.detachedPanels().add(panel);
      windows.put(
          panel,
          DetachedWindow.open(
              owner.getScene(),
              part,
              new DetachedWindow.Frame(
                  panel.title() + " – Lambdascope",
                  panel.width(),
                  panel.height(),
                  place.andThen(prepare)),
              () -> {
                windows.remove(panel);
                viewModel.detachedPanels().remove(panel);
              }));
    }
  }

  /** The menu of a part's heading. */
  ContextMenu menu(ShellPanel panel) {
    MenuItem open = new MenuItem("Open in a _window");
    open.setOnAction(e -> open(panel));
    return new ContextMenu(open);
  }
}
