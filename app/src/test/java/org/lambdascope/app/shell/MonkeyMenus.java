package org.lambdascope.app.shell;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuButton;
import javafx.stage.Window;

/** How a {@link Monkey} chooses from menus: it opens one, and clicks on what is in it. */
final class MonkeyMenus {

  /** Menus in menus that it goes into. */
  private static final int DEEPEST = 3;

  private final Random random;
  private final MonkeyHands hands;
  private final Consumer<String> log;
  private final MonkeyReach reach;

  /**
   * Chooses from menus.
   *
   * @param log is told what is clicked
   * @param reach is told of menus in which something was clicked
   */
  MonkeyMenus(Random random, MonkeyHands hands, Consumer<String> log, MonkeyReach reach) {
    this.random = random;
    this.hands = hands;
    this.log = log;
    this.reach = reach;
  }

  /**
   * Opens the menu of some button and clicks something in it.
   *
   * @param allowed which titles may be clicked
   */
  void chooseFromSome(Predicate<String> allowed) throws Exception {
    List<Node> buttons = MonkeySight.nodes(n -> n instanceof MenuButton);
    // First which: there are many charts, and one button for what else is exported.
    List<String> names = buttons.stream().map(MonkeyMenus::name).distinct().toList();
    if (names.isEmpty()) {
      return;
    }
    String name = any(names);
    MenuButton button =
        (MenuButton) any(buttons.stream().filter(b -> name(b).equals(name)).toList());
    log.accept("open the menu " + name);
    Bounded.onFx(
        () -> {
          button.show();
          return button;
        });
    choose(name, allowed);
  }

  /** Clicks something in a menu that is open, and in the menus that open from it; closes all. */
  void choose(String name, Predicate<String> allowed) throws Exception {
    for (int depth = 0; depth < DEEPEST && MonkeySight.menus() > depth; depth++) {
      List<Node> items =
          MonkeySight.nodes(n -> MonkeySight.isInTopMenu(n) && allowed.test(MonkeySight.text(n)));
      int before = MonkeySight.menus();
      if (items.isEmpty()) {
        break;
      }
      Node item = any(items);
      log.accept("menu %s: %s".formatted(name, MonkeySight.text(item)));
      hands.click(item, 0.5, 0.5);
      if (MonkeySight.menus() < before) {
        reach.reached(MonkeyReach.menu(name));
        break;
      }
    }
    Bounded.onFx(
        () -> {
          List.copyOf(Window.getWindows()).stream()
              .filter(w -> w instanceof ContextMenu)
              .forEach(Window::hide);
          return true;
        });
  }

  /** What a button is called in {@link MonkeyVocabulary#MENU_BUTTONS}. */
  private static String name(Node button) {
    if (button.getId() != null) {
      return button.getId();
    }
    for (Node at = button; at != null; at = at.getParent()) {
      if (at.getStyleClass().contains("arm-header")) {
        return "of an arm";
      }
    }
    return button.getStyleClass().contains("figure-menu") ? "of a chart" : MonkeySight.text(button);
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
