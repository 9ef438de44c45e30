package org.lambdascope.app.shell;

import java.util.Objects;
import javafx.application.Application;
import javafx.collections.ListChangeListener.Change;
import javafx.css.PseudoClass;
import javafx.scene.Scene;
import javafx.stage.Window;
import org.lambdascope.app.settings.Theme;

/**
 * The look of all windows: AtlantaFX's sheet and ours in one, as the user-agent sheet of the
 * program. Scenes have none of their own. The toolkit gives those of a window to each of its
 * tooltips and menus anew, a tooltip's at every move of the mouse, and then goes through the styles
 * of every window, menu and tooltip that there has been.
 *
 * <p>Both themes are in the sheet: a dark one is a state of the roots, {@code :dark}. The toolkit
 * keeps the values that nodes have by the states of those around them, so that only the first
 * switch computes colours. Another sheet would be read, and its rules be matched with every node,
 * at each switch; so would a style class of the roots.
 *
 * <p>Of two rules of one sheet the more specific one holds, and what code sets holds against both.
 */
final class ShellStyles {

  private static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");

  private static boolean dark;

  private ShellStyles() {}

  /** Gives all windows the colours of a theme, also those that open later. */
  static void apply(Theme theme) {
    dark = theme == Theme.DARK;
    String sheet =
        Objects.requireNonNull(ShellStyles.class.getResource("shell.css")).toExternalForm();
    // The toolkit styles every scene anew, those of closed windows too, even if it is the same.
    if (!sheet.equals(Application.getUserAgentStylesheet())) {
      Application.setUserAgentStylesheet(sheet);
      Window.getWindows().addListener(ShellStyles::windowsChanged);
    }
    Window.getWindows().forEach(ShellStyles::style);
  }

  /** A window is in the list before its scene is styled. */
  private static void windowsChanged(Change<? extends Window> change) {
    while (change.next()) {
      change.getAddedSubList().forEach(ShellStyles::style);
    }
  }

  /** Tooltips and menus have a root of their own, on which what is kept of their nodes depends. */
  private static void style(Window window) {
    Scene scene = window.getScene();
    if (scene != null) {
      scene.getRoot().pseudoClassStateChanged(DARK, dark);
    }
  }
}
