package org.lambdascope.app.common;

import java.util.function.Supplier;
import javafx.event.EventHandler;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/**
 * Explanations that show when the mouse rests on something. Each tooltip of the toolkit is a window
 * with a scene of its own: to make one takes time, and whenever a window opens the toolkit's styles
 * go through all of them. A page has hundreds, of which few are ever read; here one is made when
 * the mouse first comes.
 */
public final class Tips {

  private static final double WIDTH = 420;

  private Tips() {}

  /**
   * Explains a node, also to those who cannot see it, in place of what explained it before.
   *
   * @param text what it says; empty for nothing
   */
  public static void on(Node node, String text) {
    node.setAccessibleHelp(text);
    explain(node, text.isEmpty() ? null : () -> text);
  }

  /**
   * Explains a node by a text that is only put together when it is to be shown.
   *
   * @param text what it says
   */
  public static void on(Node node, Supplier<String> text) {
    explain(node, text);
  }

  private static void explain(Node node, @Nullable Supplier<String> text) {
    if (node.getProperties().get(Tip.class) instanceof Tip tip) {
      tip.say(text);
    } else if (text != null) {
      Tip tip = new Tip(node, text);
      node.getProperties().put(Tip.class, tip);
      node.addEventHandler(MouseEvent.MOUSE_ENTERED, tip);
    }
  }

  private static final class Tip implements EventHandler<MouseEvent> {

    private final Node node;
    private @Nullable Supplier<String> text;
    private @Nullable Tooltip made;

    Tip(Node node, Supplier<String> text) {
      this.node = node;
      this.text = text;
    }

    void say(@Nullable Supplier<String> now) {
      text = now;
      Tooltip tooltip = made;
      if (tooltip != null && now == null) {
        Tooltip.uninstall(node, tooltip);
        made = null;
      } else if (tooltip != null && tooltip.isShowing()) {
        show(tooltip);
      }
    }

    @Override
    public void handle(MouseEvent entered) {
      if (made == null && text != null) {
        Tooltip tooltip = new Tooltip();
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(WIDTH);
        tooltip.setOnShowing(e -> show(tooltip));
        Tooltip.install(node, tooltip);
        made = tooltip;
      }
    }

    private void show(Tooltip tooltip) {
      Supplier<String> now = text;
      tooltip.setText(now == null ? "" : now.get());
    }
  }
}
