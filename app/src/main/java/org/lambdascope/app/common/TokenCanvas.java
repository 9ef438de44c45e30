package org.lambdascope.app.common;

import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.geometry.Orientation;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A text as its tokens, each shaded by a number. Only the lines that can be seen are drawn, on one
 * canvas, so a long document costs no nodes.
 */
public final class TokenCanvas extends Region {

  /** Stands for no selected position. */
  public static final int NONE = -1;

  /** How far down a token stands that was jumped to, in heights of the canvas. */
  private static final double AFTER_JUMP = 0.7;

  private static final double PAD = 8;
  private static final double LINE_GAP = 5;

  /** The bar of a long text can still be taken hold of. */
  private static final double LEAST_THUMB = 24;

  private static final Font FONT = Font.font("System", 13);

  private final Canvas canvas = new Canvas();
  private final ScrollBar bar = new ScrollBar();
  private final Tooltip tooltip = new Tooltip();
  private TokenMetrics metrics = new TokenMetrics(id -> "", FONT);
  private final IntegerProperty selected = new SimpleIntegerProperty(NONE);
  private final double lineHeight;
  private final double baseline;
  private TokenDocument document = TokenDocument.EMPTY;
  private TokenLayout layout = TokenLayout.EMPTY;
  private TokenPainter painter = new TokenPainter(false);
  private PositionSet brushed = PositionSet.NONE;
  private double laidOutWidth = -1;
  private boolean followEnd = true;
  private boolean showsSelected;
  private String placeholder = "";
  private String note = "";
  private @Nullable Object vocabulary;

  /** An empty text. */
  public TokenCanvas() {
    getStyleClass().add("token-canvas");
    Text ruler = new Text("Ág");
    ruler.setFont(FONT);
    double height = ruler.getLayoutBounds().getHeight();
    lineHeight = Math.ceil(height) + LINE_GAP;
    // Between pixels each run of letters would be put on one or the other.
    baseline = Math.round((lineHeight - 2 - height) / 2 + ruler.getBaselineOffset());
    bar.setOrientation(Orientation.VERTICAL);
    bar.setFocusTraversable(false);
    bar.valueProperty().subscribe(this::draw);
    getChildren().addAll(canvas, bar);
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.TEXT_AREA);
    describe(NONE);
    Tooltip.install(canvas, tooltip);
    tooltip.setShowDelay(Duration.millis(150));
    canvas.setOnMouseMoved(this::hover);
    addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
    addEventHandler(ScrollEvent.SCROLL, this::scroll);
    bar.addEventFilter(MouseEvent.MOUSE_PRESSED, e -> showsSelected = false);
    RenderScale.follow(this, this::requestLayout);
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    focusedProperty().subscribe(this::draw);
    selected.subscribe(
        (before, now) -> {
          reveal(now.intValue());
          describe(now.intValue());
          draw();
        });
  }

  /** The selected position, or {@link #NONE}. */
  public IntegerProperty selectedProperty() {
    return selected;
  }

  /** Lines in the present layout. */
  public int lineCount() {
    return layout.lines();
  }

  /**
   * Shows tokens.
   *
   * @param newVocabulary what ids mean: when it is another object, cached widths are dropped
   */
  public void setDocument(TokenDocument newDocument, Object newVocabulary) {
    if (newVocabulary != vocabulary) {
      vocabulary = newVocabulary;
      metrics = new TokenMetrics(newDocument.texts(), FONT);
      followEnd = true;
    }
    boolean alike = newDocument.tokens().equals(document.tokens());
    document = newDocument;
    describe(selected.get());
    if (alike) {
      draw(); // while a text is scored, its shades change many times a second; its lines do not
    } else {
      laidOutWidth = -1;
      requestLayout();
    }
  }

  /** Sets what is said where there is no text. */
  public void setPlaceholder(String words) {
    placeholder = words;
    draw();
  }

  /** Sets what is said of shades that are not known yet; empty for nothing. */
  public void setNote(String words) {
    if (!words.equals(note)) {
      note = words;
      draw();
    }
  }

  /** What is said of shades that are not known yet; empty for nothing. */
  public String note() {
    return note;
  }

  /** Sets the colours. */
  public void setDark(boolean newDark) {
    painter = new TokenPainter(newDark);
    draw();
  }

  /** Marks tokens that were brushed in a plot. */
  public void setBrushed(PositionSet positions) {
    brushed = positions;
    draw();
  }

  @Override
  protected double computePrefHeight(double width) {
    return 6 * lineHeight + 2 * PAD;
  }

  @Override
  protected double computeMinHeight(double width) {
    return 5 * lineHeight + 2 * PAD;
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth();
    double height = getHeight();
    double barWidth = bar.prefWidth(-1);
    bar.resizeRelocate(width - barWidth - 1, 1, barWidth, height - 2);
    canvas.relocate(1, 1);
    double textWidth = Math.max(40, width - barWidth - 2 * PAD);
    if (textWidth != laidOutWidth) {
      laidOutWidth = textWidth;
      layout =
          TokenLayout.of(
              document.size(),
              document.ids(),
              metrics::width,
              metrics::startsWord,
              metrics::breaksAfter,
              textWidth);
    }
    canvas.setWidth(Math.max(0, width - barWidth - 2));
    canvas.setHeight(Math.max(0, height - 2));
    double content = layout.lines() * lineHeight + 2 * PAD;
    bar.setMax(Math.max(0, content - height));
    double share = Math.max(height / Math.max(1, content), LEAST_THUMB / Math.max(1, height));
    bar.setVisibleAmount(bar.getMax() * Math.min(1, share));
    bar.setUnitIncrement(lineHeight);
    bar.setBlockIncrement(Math.max(lineHeight, height - lineHeight));
    bar.setVisible(content > height);
    if (followEnd && selected.get() != NONE) {
      reveal(selected.get()); // it was selected before there was a text to show it in
    } else if (followEnd) {
      bar.setValue(bar.getMax());
    } else if (showsSelected) {
      reveal(selected.get()); // lines may be others, and fewer in sight, than when it was selected
    } else if (bar.getValue() > bar.getMax()) {
      bar.setValue(bar.getMax());
    }
    draw();
  }

  private void draw() {
    if (laidOutWidth < 0) {
      return; // the lines are those of another text; what lays this one out draws it
    }
    GraphicsContext g = canvas.getGraphicsContext2D();
    double height = canvas.getHeight();
    g.setFill(painter.background());
    // One more, as where a mask is cleared: see MaskOverlay.
    g.fillRect(0, 0, canvas.getWidth() + 1, height + 1);
    g.setFont(FONT);
    g.setTextBaseline(VPos.CENTER);
    if (document.size() == 0) {
      drawPlaceholder(g);
      return;
    }
    int first = Math.max(0, (int) ((bar.getValue() - PAD) / lineHeight));
    for (int line = first; line < layout.lines(); line++) {
      double y = Math.round(PAD + line * lineHeight - bar.getValue());
      if (y > height) {
        break;
      }
      drawLine(g, line, y);
    }
    g.setTextBaseline(VPos.CENTER);
    if (!note.isEmpty()) {
      Text ruler = new Text(note);
      ruler.setFont(FONT);
      painter.drawNote(g, note, ruler.getLayoutBounds().getWidth(), canvas.getWidth() - PAD);
    }
    if (isFocused()) {
      g.setStroke(painter.accent());
      g.setLineWidth(2);
      g.strokeRect(1, 1, canvas.getWidth() - 2, height - 2);
    }
  }

  private void drawPlaceholder(GraphicsContext g) {
    g.setFill(painter.muted());
    g.setTextAlign(TextAlignment.CENTER);
    g.fillText(
        placeholder, canvas.getWidth() / 2, canvas.getHeight() / 2, canvas.getWidth() - 2 * PAD);
    g.setTextAlign(TextAlignment.LEFT);
  }

  private void drawLine(GraphicsContext g, int line, double y) {
    double x = PAD;
    g.setTextBaseline(VPos.BASELINE);
    for (int i = layout.from(line); i < layout.to(line); i++) {
      int id = document.ids().applyAsInt(i);
      double w = metrics.width(id);
      painter.draw(
          g,
          document,
          i,
          metrics.label(id),
          new TokenPainter.Box(x, y, w, lineHeight - 2, baseline),
          i == selected.get(),
          brushed.contains(i));
      x += w;
    }
  }

  private int positionAt(double mouseX, double mouseY) {
    int line = (int) Math.floor((mouseY + bar.getValue() - PAD) / lineHeight);
    if (line < 0 || line >= layout.lines() || document.size() == 0) {
      return NONE;
    }
    double x = PAD;
    for (int i = layout.from(line); i < layout.to(line); i++) {
      x += metrics.width(document.ids().applyAsInt(i));
      if (mouseX < x) {
        return i;
      }
    }
    return NONE;
  }

  private void hover(MouseEvent event) {
    int position = positionAt(event.getX(), event.getY());
    if (position == NONE) {
      tooltip.setText("Click a token to see its visible keys");
    } else {
      tooltip.setText(description(position));
    }
  }

  private String description(int position) {
    int id = document.ids().applyAsInt(position);
    String shade = document.shading().describe(document.values().applyAsDouble(position));
    return "position %s · id %d · “%s” · NLL %s%s%s%s"
        .formatted(
            Formats.count(position),
            id,
            TokenText.visible(document.texts().apply(id)),
            Formats.nats(document.nll().applyAsDouble(position)),
            shade.isEmpty() ? "" : " · " + shade,
            position >= document.generatedFrom() ? " · generated" : "",
            position == document.divergesAt()
                ? " · the first token that differs from the reference"
                : "");
  }

  private void describe(int position) {
    setAccessibleText(
        position >= 0 && position < document.size()
            ? description(position)
            : "Tokens shaded by " + document.shading().words());
  }

  private void press(MouseEvent event) {
    requestFocus();
    event.consume(); // a scroll pane around it would take the focus for itself
    int position = positionAt(event.getX(), event.getY());
    if (position == NONE) {
      // Beside a line: its last token is meant.
      position = positionAt(PAD, event.getY());
      position = position == NONE ? NONE : layout.to(layout.lineOf(position)) - 1;
    }
    if (position != NONE) {
      selected.set(position);
    }
  }

  private void scroll(ScrollEvent event) {
    double before = bar.getValue();
    scrollTo(before - event.getDeltaY());
    showsSelected = false;
    followEnd = bar.getValue() >= bar.getMax() - 1;
    if (bar.getValue() != before) {
      event.consume(); // at an end the page around it scrolls on
    }
  }

  private void scrollTo(double value) {
    bar.setValue(Math.clamp(value, 0, bar.getMax()));
  }

  private void key(KeyEvent event) {
    int size = document.size();
    if (size == 0 || event.isShortcutDown() || event.isAltDown()) {
      return;
    }
    int at = selected.get() == NONE ? size - 1 : Math.min(selected.get(), size - 1);
    int page = Math.max(1, (int) (getHeight() / lineHeight) - 1);
    int to;
    switch (event.getCode()) {
      case LEFT -> to = at - 1;
      case RIGHT -> to = at + 1;
      case UP -> to = above(at, -1);
      case DOWN -> to = above(at, 1);
      case PAGE_UP -> to = above(at, -page);
      case PAGE_DOWN -> to = above(at, page);
      case HOME -> to = 0;
      case END -> to = size - 1;
      default -> {
        return;
      }
    }
    selected.set(Math.clamp(to, 0, size - 1));
    event.consume();
  }

  private int above(int position, int lines) {
    int line = layout.lineOf(position);
    int column = position - layout.from(line);
    int other = Math.clamp(line + lines, 0, layout.lines() - 1);
    return Math.min(layout.from(other) + column, layout.to(other) - 1);
  }

  private void reveal(int position) {
    if (position < 0 || position >= document.size()) {
      return;
    }
    followEnd = false;
    showsSelected = true;
    double top = layout.lineOf(position) * lineHeight;
    double bottom = top + lineHeight + 2 * PAD;
    double above = bar.getValue() - top;
    double below = bottom - bar.getValue() - getHeight();
    if (Math.max(above, below) > lineHeight) {
      // After a jump, more of what stands before the token is in sight: it is what the token sees.
      scrollTo(bottom - getHeight() * AFTER_JUMP);
    } else if (above > 0) {
      scrollTo(top);
    } else if (below > 0) {
      scrollTo(bottom - getHeight());
    }
  }
}
