package org.lambdascope.app.shell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javafx.application.Platform;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.PopupWindow;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/**
 * Takes pages that nobody sees out of the scene while the styles of all windows change, and puts
 * them back one after another. The toolkit keeps the pages of all tabs in the scene, and would
 * style those that are hidden, which are most of its nodes, before it draws those that are not.
 */
final class UnseenPages {

  private final List<Place> places = new ArrayList<>();
  private final Deque<Place> empty = new ArrayDeque<>();

  /**
   * A place that a page can leave, with the page in it.
   *
   * @param seen whether the page is to be seen, unless it is in a window of its own
   */
  Region place(Node page, ObservableBooleanValue seen) {
    Place place = new Place(page);
    seen.subscribe(now -> place.fill());
    places.addFirst(place); // one around others is made after them, and comes back before them
    return place;
  }

  /** Has the pages that are not seen leave the scene; they come back by themselves. */
  void leave() {
    places.stream().filter(Place::isUnseen).forEach(this::leave);
    Platform.runLater(this::comeBack);
  }

  private void leave(Place place) {
    hidePopups(place);
    place.getChildren().clear();
    empty.add(place);
  }

  /** Such as a tooltip that has outlived its page: it takes its colours from where its node is. */
  private static void hidePopups(Place place) {
    for (Window window : List.copyOf(Window.getWindows())) {
      if (window instanceof PopupWindow popup && isIn(popup.getOwnerNode(), place)) {
        popup.hide();
      }
    }
  }

  private static boolean isIn(@Nullable Node node, Place place) {
    Node at = node;
    while (at != null && at != place) {
      at = at.getParent();
    }
    return at != null;
  }

  /** One at a time, so that the window answers in between. */
  private void comeBack() {
    Place place = empty.poll();
    if (place != null) {
      place.fill();
      Platform.runLater(this::comeBack);
    }
  }

  private static final class Place extends StackPane {

    private final Node page;

    Place(Node page) {
      super(page);
      this.page = page;
      setPickOnBounds(false); // what lies below is clicked on where the page is not
    }

    boolean isUnseen() {
      Node node = page;
      while (node != null && node.isVisible()) {
        node = node.getParent();
      }
      return node != null && getScene() != null;
    }

    void fill() {
      if (getChildren().isEmpty()) {
        getChildren().add(page);
      }
    }
  }
}
