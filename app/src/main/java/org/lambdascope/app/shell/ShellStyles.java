package org.lambdascope.app.shell;

import java.util.Objects;
import javafx.application.Application;
import org.lambdascope.app.settings.Theme;

/**
 * The look of all windows: AtlantaFX's sheet and ours in one, as the user-agent sheet of the
 * program. Scenes have none of their own. The toolkit gives those of a window to each of its
 * tooltips and menus anew, a tooltip's at every move of the mouse, and then goes through the styles
 * of every window, menu and tooltip that there has been.
 *
 * <p>What a dark theme has of its own is in its sheet: by a style class of the window's root the
 * toolkit would style all of the window twice.
 *
 * <p>Of two rules of one sheet the more specific one holds, and what code sets holds against both.
 */
final class ShellStyles {

  private ShellStyles() {}

  /** Gives all windows the colours of a theme. */
  static void apply(Theme theme) {
    String name = theme == Theme.DARK ? "dark.css" : "light.css";
    String sheet =
        Objects.requireNonNull(ShellStyles.class.getResource(name), name).toExternalForm();
    // The toolkit styles every scene anew, those of closed windows too, even if it is the same.
    if (!sheet.equals(Application.getUserAgentStylesheet())) {
      Application.setUserAgentStylesheet(sheet);
    }
  }
}
