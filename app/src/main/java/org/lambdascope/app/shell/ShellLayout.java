package org.lambdascope.app.shell;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.property.IntegerProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.lambdascope.app.session.PageState;
import org.lambdascope.app.session.SessionLayout;
import org.lambdascope.app.settings.WindowBounds;

/** The page of a window, its dividers, its windows, and what its pages show. */
final class ShellLayout implements SessionLayout {

  private final IntegerProperty page;
  private final Stage stage;
  private final PageStates pages;

  /** The layout of what a stage will show. */
  ShellLayout(IntegerProperty page, Stage stage, PageStates pages) {
    this.page = page;
    this.stage = stage;
    this.pages = pages;
  }

  @Override
  public IntegerProperty pageProperty() {
    return page;
  }

  @Override
  public Map<String, List<Double>> dividers() {
    return dividersNow().stream()
        .collect(Collectors.toMap(Divider::id, divider -> List.of(divider.position())));
  }

  @Override
  public void setDividers(Map<String, List<Double>> dividers) {
    for (Divider divider : dividersNow()) {
      List<Double> positions = dividers.getOrDefault(divider.id(), List.of());
      if (positions.size() == 1) { // older files have none of a part that was hidden
        divider.move(positions.getFirst());
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

  @Override
  public List<ObservableValue<?>> pageValues() {
    return pages.values();
  }

  @Override
  public PageState pages() {
    return pages.now();
  }

  @Override
  public void setPages(PageState state) {
    pages.show(state);
  }

  private Optional<ShellView> view() {
    return Optional.ofNullable(stage.getScene())
        .map(Scene::getRoot)
        .filter(ShellView.class::isInstance)
        .map(ShellView.class::cast);
  }

  private List<Divider> dividersNow() {
    return view().map(ShellView::dividers).orElse(List.of());
  }
}
