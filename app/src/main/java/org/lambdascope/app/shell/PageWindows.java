package org.lambdascope.app.shell;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import javafx.collections.ObservableSet;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.lambdascope.app.common.DetachedWindow;
import org.lambdascope.app.settings.WindowBounds;

/** Moves pages into windows of their own, and back. */
final class PageWindows {

  private static final double WIDTH = 1100;
  private static final double HEIGHT = 760;

  private final TabPane pages;
  private final ObservableSet<Integer> detached;
  private final Map<Integer, Stage> windows = new HashMap<>();
  private final Consumer<Stage> prepare;

  /**
   * All pages are in the main window.
   *
   * @param detached indices of those that are not, kept by this
   * @param prepare takes each window before it is shown
   */
  PageWindows(TabPane pages, ObservableSet<Integer> detached, Consumer<Stage> prepare) {
    this.prepare = prepare;
    this.pages = pages;
    this.detached = detached;
    for (int i = 0; i < pages.getTabs().size(); i++) {
      int index = i;
      MenuItem open = new MenuItem("Open in a _window");
      open.setOnAction(e -> open(index));
      pages.getTabs().get(i).setContextMenu(new ContextMenu(open));
    }
  }

  /** Moves a page into a window, or shows the window that it is in. */
  void open(int index) {
    open(index, stage -> {});
  }

  /** Where the windows stand, by the ids of the pages' tabs. */
  Map<String, WindowBounds> places() {
    Map<String, WindowBounds> places = new HashMap<>();
    windows.forEach(
        (index, window) ->
            places.put(pages.getTabs().get(index).getId(), WindowPlacement.of(window)));
    return places;
  }

  /** Moves pages into windows where they stood, and all others back into the main window. */
  void restore(Map<String, WindowBounds> places) {
    for (int i = 0; i < pages.getTabs().size(); i++) {
      WindowBounds place = places.get(pages.getTabs().get(i).getId());
      Stage there = windows.get(i);
      if (place == null) {
        back(i);
      } else if (there != null) {
        WindowPlacement.place(there, place);
      } else {
        open(i, stage -> WindowPlacement.place(stage, place));
      }
    }
  }

  private void back(int index) {
    Stage window = windows.get(index);
    if (window != null) {
      window.close();
    }
  }

  private void open(int index, Consumer<Stage> place) {
    Stage there = windows.get(index);
    if (there != null) {
      there.toFront();
      there.requestFocus();
      return;
    }
    Tab tab = pages.getTabs().get(index);
    if (!(tab.getContent() instanceof Region content)) {
      return;
    }
    DetachedWindow.beforeMove(content, true);
    tab.setContent(placeholder(tab.getText(), index));
    detached.add(index);
    windows.put(
        index,
        DetachedWindow.open(
            pages.getScene(),
            content,
            new DetachedWindow.Frame(
                tab.getText() + " – Lambdascope", WIDTH, HEIGHT, place.andThen(prepare)),
            () -> {
              windows.remove(index);
              detached.remove(index);
              tab.setContent(content);
            }));
  }

  private VBox placeholder(String title, int index) {
    Label label = new Label("“" + title + "” is in a window of its own.");
    label.getStyleClass().add("text-muted");
    Button back = new Button("Bring it back");
    back.getStyleClass().add("bring-back");
    back.setOnAction(e -> back(index));
    VBox box = new VBox(10, label, back);
    box.setAlignment(Pos.CENTER);
    return box;
  }
}
