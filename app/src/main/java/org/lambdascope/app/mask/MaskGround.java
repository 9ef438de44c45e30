package org.lambdascope.app.mask;

import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.ChartActions;
import org.lambdascope.app.common.LatestDrawing;
import org.lambdascope.app.common.RenderScale;
import org.lambdascope.engine.experiment.ArmMask;

/**
 * The cells of a mask and their axes. Cells are drawn in the background; until they are there, the
 * cells that were drawn last stand where they belong now.
 */
final class MaskGround extends Canvas {

  private final LatestDrawing<MaskImage> drawings;
  private @Nullable MaskImage shown;
  private MaskImage.@Nullable View wished;
  private @Nullable MaskPlot plot;

  MaskGround(ChartActions background) {
    drawings = new LatestDrawing<>(background, this::showImage);
    setId("mask-picture");
    setMouseTransparent(true);
  }

  /** Shows a mask; null for none. */
  void show(@Nullable ArmMask mask, MaskPlot where, MaskPalette palette, int pretrainLength) {
    plot = where;
    if (mask == null || where.width() < 2 || where.height() < 2) {
      wished = null;
      shown = null;
      drawings.clear();
    } else {
      double scale = RenderScale.of(this);
      MaskImage.View view =
          new MaskImage.View(
              mask,
              where.span(),
              palette,
              pretrainLength,
              (int) Math.ceil(where.width() * scale),
              (int) Math.ceil(where.height() * scale));
      if (shown != null && !view.resembles(shown.of())) {
        shown = null;
        drawings.clear();
      }
      if (!view.equals(wished)) {
        wished = view;
        drawings.wish(() -> MaskImage.of(view));
      }
    }
    paint();
  }

  private void showImage(MaskImage made) {
    // One of another kind may have been under way.
    if (wished != null && wished.resembles(made.of())) {
      shown = made;
      paint();
    }
  }

  private void paint() {
    GraphicsContext g = getGraphicsContext2D();
    g.clearRect(0, 0, getWidth() + 1, getHeight() + 1); // see MaskOverlay
    MaskPlot to = plot;
    MaskImage.View view = wished;
    if (to == null || view == null) {
      return;
    }
    MaskImage from = shown;
    if (from != null) {
      MaskSpan span = from.of().span();
      double left = to.x(span.keyFrom());
      double top = to.y(span.queryFrom());
      g.save();
      g.beginPath();
      g.rect(to.left(), to.top(), to.width(), to.height());
      g.clip();
      g.drawImage(from.image(), left, top, to.x(span.keyTo()) - left, to.y(span.queryTo()) - top);
      g.restore();
    }
    MaskAxes.draw(g, to, view.palette());
  }
}
