package org.lambdascope.app.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.IntegerProperty;
import javafx.scene.Scene;
import javafx.scene.control.SplitPane;
import javafx.stage.Stage;
import org.lambdascope.app.session.SessionLayout;
import org.lambdascope.app.settings.WindowBounds;

/** The page of a window, its dividers (every split pane in it that has an id), and its windows. */
final class ShellLayout implements SessionLayout {

  private final IntegerProperty page;
  private final Stage stage;

  /** The layout of what a stage will show. */
  ShellLayout(IntegerProperty page, Stage stage) {
    this.page = page;
    this.stage = stage;
  }

  @Override
  public IntegerProperty pageProperty() {
    return page;
  }

  @Override
  public Map<String, List<Double>> dividers() {
    Map<String, List<Double>> all = new HashMap<>();
    for (SplitPane pane : panes()) {
      List<Double> positions = new ArrayList<>();
      for (double position : pane.getDividerPositions()) {
        positions.add(position);
      }
      all.put(pane.getId(), positions);
    }
    return all;
  }

  @Override
  public void setDividers(Map<String, List<Double>> dividers) {
    for (SplitPane pane : panes()) {
      List<Double> positions = dividers.getOrDefault(pane.getId(), List.of());
      if (positions.size() == pane.getDividers().size()) {
        pane.setDividerPositions(positions.stream().mapToDouble(Double::doubleValue).toArray());
      }
    }
  }

  @Override
  public Map<String, WindowBounds> windows() {
    return view().map(ShellView::windows).orElse(Map.of());
  }

  @Override
  public void setWindows(Map<String, WindowBounds> windows) {
    view().ifPresent(view -> view.setWindows(windows));
  }

  private Optional<ShellView> view() {
    return Optional.ofNullable(stage.getScene())
        .map(Scene::getRoot)
        .filter(ShellView.class::isInstance)
        .map(ShellView.class::cast);
  }

  private List<SplitPane> panes() {
    Scene scene = stage.getScene();
    if (scene == null) {
      return List.of();
    }
    return scene.getRoot().lookupAll(".split-pane").stream()
        .filter(SplitPane.class::isInstance)
        .map(SplitPane.class::cast)
        .filter(pane -> pane.getId() != null)
        .toList();
  }
}
