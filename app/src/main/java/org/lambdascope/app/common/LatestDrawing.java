package org.lambdascope.app.common;

import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Draws one picture after another in the background: what takes longer than a frame must not hold
 * up the window. The latest wish wins; until it is drawn, what was drawn before it stays.
 *
 * @param <P> pictures
 */
public final class LatestDrawing<P> {

  private final ChartActions background;
  private final Consumer<? super P> show;
  private @Nullable Callable<? extends P> latest;

  /** Counts what is to be drawn; {@link #drawn} is that of the picture. */
  private int wanted;

  private int drawn;
  private boolean drawing;

  /** Whether a picture is shown. */
  private boolean shown;

  /**
   * Nothing is to be drawn yet.
   *
   * @param background draws
   * @param show takes each picture, on the user-interface thread
   */
  public LatestDrawing(ChartActions background, Consumer<? super P> show) {
    this.background = background;
    this.show = show;
  }

  /** Draws this next, whatever was wished for before. */
  public void wish(Callable<? extends P> work) {
    latest = work;
    wanted++;
    next();
  }

  /** What was wished for cannot be drawn yet: {@link #wish} will follow. */
  public void putOff() {
    latest = null;
    wanted++;
  }

  /** Nothing is shown any more, and what is being drawn will not be. */
  public void clear() {
    putOff();
    shown = false;
  }

  /** Whether what was wished for last can be seen by now. */
  public boolean upToDate() {
    return drawn == wanted;
  }

  private void next() {
    Callable<? extends P> work = latest;
    if (work == null || drawing) {
      return;
    }
    drawing = true;
    int now = wanted;
    background.draw(
        work,
        made -> {
          drawing = false;
          // A picture of something else may only follow another of it.
          if (wanted == now || shown) {
            drawn = now;
            shown = true;
            show.accept(made);
          }
          goOn(now);
        },
        () -> {
          drawing = false;
          goOn(now);
        });
  }

  private void goOn(int done) {
    if (wanted != done) {
      next();
    }
  }
}
