package org.lambdascope.app.common;

import java.util.Objects;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.event.EventHandler;
import javafx.scene.Scene;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;

/** A window for a part of another: it has the other's styles and shortcuts, and closes with it. */
public final class DetachedWindow {

  /** The style class of what is in a window of its own. */
  private static final String APART = "apart";

  private static final KeyCombination CLOSE = KeyCombination.valueOf("Shortcut+W");
  private static final KeyCombination ESCAPE = KeyCombination.valueOf("Esc");
  private static final KeyCombination FULL_SCREEN = KeyCombination.valueOf("F11");

  private DetachedWindow() {}

  /**
   * What stands around the content.
   *
   * @param width of the content, in pixels
   * @param height of the content, in pixels
   * @param place may put the window somewhere before it is shown
   */
  public record Frame(String title, double width, double height, Consumer<Stage> place) {

    /** One that the system puts somewhere. */
    public Frame(String title, double width, double height) {
      this(title, width, height, stage -> {});
    }
  }

  /**
   * Opens a window.
   *
   * @param from the scene of the other window
   * @param content what it shows, which has no parent; see {@link #beforeMove}
   * @param closed is called once, after the window has let go of its content
   */
  public static Stage open(Scene from, Region content, Frame frame, Runnable closed) {
    StackPane root = new StackPane();
    Scene scene = new Scene(root, frame.width(), frame.height());
    scene.getAccelerators().putAll(from.getAccelerators());
    root.getStyleClass().setAll(from.getRoot().getStyleClass());
    // The content comes last: a node looks colours up in the ancestors that are styled when it
    // gets there, and the toolkit warns of those that it does not find.
    root.applyCss();
    root.getChildren().add(content);
    Stage stage = new Stage();
    stage.setTitle(frame.title());
    stage.setScene(scene);
    scene.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          boolean close = CLOSE.match(event) || (ESCAPE.match(event) && !stage.isFullScreen());
          if (close) {
            stage.close();
          } else if (FULL_SCREEN.match(event)) {
            stage.setFullScreen(!stage.isFullScreen());
          } else {
            return;
          }
          event.consume();
        });
    Window owner = Objects.requireNonNull(from.getWindow(), "the other window is not shown");
    EventHandler<WindowEvent> together = e -> stage.close();
    owner.addEventHandler(WindowEvent.WINDOW_HIDING, together);
    stage.setOnHiding(e -> leaveFullScreen(stage));
    stage.setOnHidden(
        e -> {
          owner.removeEventHandler(WindowEvent.WINDOW_HIDING, together);
          beforeMove(content, false);
          root.getChildren().clear();
          closed.run();
        });
    frame.place().accept(stage);
    stage.show();
    paintAgain(root);
    root.requestFocus(); // rather than the first mark of help in it
    return stage;
  }

  /**
   * Has the window painted once more when the content has left the other one. That marks the
   * content as to be painted without the window's knowledge; as long as it bears the mark, nothing
   * that changes in it tells the window, and canvases keep what they showed before.
   */
  private static void paintAgain(Pane root) {
    Region mark = new Region();
    mark.setManaged(false);
    new AnimationTimer() {
      private int pulses;

      @Override
      public void handle(long now) {
        pulses++;
        if (pulses == 2) {
          root.getChildren().add(mark);
        } else if (pulses == 3) {
          root.getChildren().remove(mark);
          stop();
        }
      }
    }.start();
  }

  /**
   * To be called before a part leaves the scene that it is in for one of another window: it is then
   * styled in the other as a whole, at the next pulse.
   *
   * <p>Otherwise the toolkit styles it as it arrives, the inner nodes first. They look up colours
   * by numbers of styles that their ancestors were given in the scene before; each scene has its
   * own, and the toolkit warns of the colours that it then does not find.
   *
   * @param apart whether it goes into a window of its own
   */
  public static void beforeMove(Region part, boolean apart) {
    part.applyCss();
    // Skins that were made by it have left a mark up to the part, with which the toolkit takes what
    // is in it for styled: once more, when there are none to make, and it is.
    part.applyCss();
    part.getStyleClass().remove(APART);
    if (apart) {
      part.getStyleClass().add(APART);
    }
  }

  /**
   * Leaves full screen before a window is hidden: the toolkit remembers the window that fills the
   * screen, and would keep one that was closed so until another takes its place.
   */
  public static void leaveFullScreen(Stage stage) {
    stage.setFullScreen(false);
  }
}
