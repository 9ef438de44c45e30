package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Dialog;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.effect.DropShadow;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.text.Text;
import javafx.stage.PopupWindow;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.settings.Theme;
import org.lambdascope.app.settings.ThemeChoice;
import org.testfx.util.WaitForAsyncUtils;

/** The theme is that of all windows, of tooltips and menus, of what is seen and of what is not. */
class ThemeWindowTest extends WindowFixture {

  private void choose(ThemeChoice theme) {
    robot.interact(() -> window.shell().themeChoiceProperty().set(theme));
    WaitForAsyncUtils.waitForFxEvents();
  }

  private static boolean isDark(Node node) {
    Region region = (Region) node;
    return isDark(region.getBackground().getFills().getLast().getFill());
  }

  private static boolean isDark(Paint paint) {
    return ((Color) paint).getBrightness() < 0.5;
  }

  private static Node in(PopupWindow popup, String selector) {
    return Objects.requireNonNull(popup.getScene().getRoot().lookup(selector), selector);
  }

  private static double shadow(PopupWindow popup) {
    return popup.getScene().getRoot().lookupAll("*").stream()
        .map(Node::getEffect)
        .filter(DropShadow.class::isInstance)
        .map(effect -> ((DropShadow) effect).getRadius())
        .findFirst()
        .orElse(0.0);
  }

  @Test
  void tooltipsAndMenusAreOfTheThemeInWhichTheyAreSeen() throws Exception {
    try (Traps traps = new Traps()) {
      Tooltip tip = new Tooltip("said of a page");
      ContextMenu menu = new ContextMenu(new MenuItem("Copy"));
      for (ThemeChoice theme : List.of(ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.LIGHT)) {
        boolean dark = theme == ThemeChoice.DARK;
        choose(theme);
        for (boolean whileOpen : new boolean[] {false, true}) {
          if (whileOpen) {
            choose(dark ? ThemeChoice.LIGHT : ThemeChoice.DARK);
          }
          Node page = stage.getScene().lookup(".start");
          robot.interact(
              () -> {
                tip.show(page, stage.getX() + 9, stage.getY() + 9);
                menu.show(page, stage.getX() + 9, stage.getY() + 60);
              });
          WaitForAsyncUtils.waitForFxEvents();
          if (whileOpen) {
            choose(theme);
          }
          String as = theme + (whileOpen ? ", chosen while open" : "");
          assertThat(isDark(((Text) in(menu, ".label .text")).getFill())).as(as).isEqualTo(!dark);
          // A tooltip is light on dark in both themes; its shadow goes further in the dark one.
          assertThat(shadow(tip)).as(as).isEqualTo(dark ? 8 : 6);
          assertThat(shadow(menu)).as(as).isEqualTo(dark ? 8 : 6);
          robot.interact(
              () -> {
                tip.hide();
                menu.hide();
              });
        }
      }
      assertThat(traps.caught()).isEmpty();
    }
  }

  @Test
  void dialogsAndPagesThatAreNotSeenHaveTheThemeAtOnce() throws Exception {
    try (Traps traps = new Traps()) {
      choose(ThemeChoice.DARK);
      robot.interact(
          () -> {
            window.shell().welcomeProperty().set(false);
            window.shell().pageProperty().set(RunPages.RUNS);
          });
      WaitForAsyncUtils.waitForFxEvents();
      assertThat(isDark(stage.getScene().lookup(".workbench"))).isTrue();
      choose(ThemeChoice.LIGHT);
      assertThat(isDark(stage.getScene().lookup(".workbench"))).isFalse();
      choose(ThemeChoice.DARK);
      Dialog<String> dialog = WaitForAsyncUtils.waitForAsyncFx(5000, () -> new Dialog<>());
      robot.interact(
          () -> {
            dialog.initOwner(stage);
            dialog.show();
            dialog.setResult("");
          });
      WaitForAsyncUtils.waitForFxEvents();
      assertThat(isDark(dialog.getDialogPane())).isTrue();
      robot.interact(() -> dialog.hide());
      assertThat(Themes.of(stage)).isEqualTo(Theme.DARK);
      assertThat(traps.caught()).isEmpty();
    }
  }
}
