package org.lambdascope.app.editor;

import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.function.Consumer;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Coalescer;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.figure.ExportOptions;
import org.lambdascope.app.figure.FigureExporter;

/** The page of a draft, drawn in the background as exports draw it; the latest draft wins. */
public final class PagePreview {

  /** The least enlargement of the page. */
  public static final double LEAST_ZOOM = 0.5;

  /** The greatest enlargement of the page. */
  public static final double MOST_ZOOM = 4;

  /** Pixels per inch of a page that is not enlarged, as browsers reckon. */
  private static final double SCREEN_DPI = 96;

  private static final Duration REST = Duration.ofMillis(30);

  private final TaskRunner tasks;
  private final ObservableValue<FigureDraft> draft;
  private final Consumer<String> problem;
  private final Coalescer redraw;
  private final ReadOnlyObjectWrapper<@Nullable BufferedImage> image =
      new ReadOnlyObjectWrapper<>();
  private final DoubleProperty zoom = new SimpleDoubleProperty(1);
  private double pixelScale = 1;
  private boolean drawing;
  private boolean stale;

  /**
   * Follows a draft.
   *
   * @param problem takes what makes it impossible to draw
   */
  PagePreview(TaskRunner tasks, ObservableValue<FigureDraft> draft, Consumer<String> problem) {
    this.tasks = tasks;
    this.draft = draft;
    this.problem = problem;
    redraw = new Coalescer(tasks, REST);
    zoom.subscribe((before, now) -> redraw.offer(this::draw));
    draft.subscribe(d -> redraw.offer(this::draw));
  }

  /** The page; null before it first is drawn. */
  public ReadOnlyObjectProperty<@Nullable BufferedImage> imageProperty() {
    return image.getReadOnlyProperty();
  }

  /** How much it is enlarged; 1: a millimetre is one at 96 pixels per inch. */
  public DoubleProperty zoomProperty() {
    return zoom;
  }

  /** Width of an image of it on the screen, in pixels of the toolkit. */
  public double width(BufferedImage of) {
    return of.getWidth() / pixelScale;
  }

  /** Says how many pixels of the screen a pixel of the toolkit has. */
  public void setPixelScale(double scale) {
    if (scale != pixelScale) {
      pixelScale = scale;
      redraw.offer(this::draw);
    }
  }

  private void draw() {
    if (drawing) {
      stale = true;
      return;
    }
    drawing = true;
    stale = false;
    FigureDraft now = draft.getValue();
    int dpi = Math.clamp(Math.round(SCREEN_DPI * zoom.get() * pixelScale), 36, 2400);
    tasks.start(
        "draw the page",
        c -> {
          ExportOptions print = now.options();
          return FigureExporter.image(
              now.drawing(),
              new ExportOptions(print.size(), print.theme(), dpi, print.type(), print.metadata()));
        },
        drawn -> {
          image.set(drawn);
          drawn();
        },
        failure -> {
          problem.accept(String.valueOf(failure.getMessage()));
          drawn();
        });
  }

  private void drawn() {
    drawing = false;
    if (stale) {
      draw();
    }
  }
}
