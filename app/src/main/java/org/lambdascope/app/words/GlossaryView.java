package org.lambdascope.app.words;

import java.util.LinkedHashMap;
import java.util.Map;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** All words with their meanings and papers. */
public final class GlossaryView extends ScrollPane {

  private static final double WIDTH = 720;
  private static final double HEIGHT = 540;

  private final VBox content = new VBox(12);
  private final Map<Word, Node> entries = new LinkedHashMap<>();

  /** Shows {@link Words#all}. */
  public GlossaryView() {
    setId("glossary");
    setAccessibleText("Words used here");
    getStyleClass().add("sheet");
    setFitToWidth(true);
    setPrefSize(WIDTH, HEIGHT);
    content.setPadding(new Insets(0, 14, 4, 0));
    for (Word word : Words.all()) {
      Label term = new Label(word.term());
      term.getStyleClass().add("section-title");
      VBox entry = new VBox(2, term, line(word.meaning(), false));
      if (!word.source().isEmpty()) {
        entry.getChildren().add(line(word.source(), true));
      }
      entry.getStyleClass().add("glossary-entry");
      entries.put(word, entry);
      content.getChildren().add(entry);
    }
    setContent(content);
  }

  private static Label line(String text, boolean muted) {
    Label label = new Label(text);
    label.setWrapText(true);
    if (muted) {
      label.getStyleClass().addAll("text-muted", "caption");
    }
    return label;
  }

  /**
   * Scrolls to a word and marks it.
   *
   * @param word null for the beginning
   */
  public void reveal(@Nullable Word word) {
    entries.forEach(
        (w, node) -> {
          node.getStyleClass().remove("glossary-chosen");
          if (w.equals(word)) {
            node.getStyleClass().add("glossary-chosen");
          }
        });
    Node entry = word == null ? null : entries.get(word);
    double room = content.getHeight() - getViewportBounds().getHeight();
    setVvalue(
        entry == null || room <= 0 ? 0 : Math.min(1, entry.getBoundsInParent().getMinY() / room));
  }
}
