package org.lambdascope.app.common;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.lambdascope.app.words.Word;

/** The heading of a part of a page, with what it means; more nodes go to its right end. */
public final class SectionHeading extends HBox {

  /**
   * A heading.
   *
   * @param meaning shown on demand
   * @param words terms in it, whose definitions follow it
   */
  public SectionHeading(String title, String meaning, Word... words) {
    super(6);
    getStyleClass().add("section-heading");
    Label label = new Label(title);
    label.getStyleClass().add("section-title");
    label.setMinWidth(Region.USE_PREF_SIZE);
    String text =
        Stream.concat(Stream.of(meaning), Arrays.stream(words).map(Word::toString))
            .collect(Collectors.joining("\n\n"));
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    getChildren().addAll(label, new HelpMark(title, text), gap);
    setAlignment(Pos.CENTER_LEFT);
    setPadding(new Insets(4, 2, 0, 2));
  }
}
