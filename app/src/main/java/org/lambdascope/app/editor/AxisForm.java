package org.lambdascope.app.editor;

import java.util.List;
import java.util.function.UnaryOperator;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.figure.AxisRange;
import org.lambdascope.app.figure.AxisSpec;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.Panel;

/** Label, range and scale of an axis of a panel. */
final class AxisForm {

  private final FigureEditorViewModel viewModel;
  private final DraftFields fields;
  private final int index;
  private final boolean horizontal;
  private final TextField label;
  private final TextField from;
  private final TextField to;
  private final CheckBox log = new CheckBox("log");

  AxisForm(FigureEditorViewModel viewModel, DraftFields fields, int index, boolean horizontal) {
    this.viewModel = viewModel;
    this.fields = fields;
    this.index = index;
    this.horizontal = horizontal;
    String name = horizontal ? "x" : "y";
    label =
        fields.live(
            "Label of the %s axis".formatted(name),
            d -> axis(d).label(),
            text -> relabel(axis(viewModel.draft()).label(), text));
    label.setId(name + "-label");
    from = end(name, "from", AxisRange::min);
    to = end(name, "to", AxisRange::max);
    log.setId(name + "-log");
    log.setAccessibleText("Logarithmic %s axis".formatted(name));
    log.setOnAction(
        e -> {
          boolean on = log.isSelected();
          viewModel.history().seal();
          change(" scale", a -> new AxisSpec(a.label(), positive(a, on), on, a.categories()));
        });
    fields.onRefresh(
        () -> {
          AxisSpec axis = axis(viewModel.draft());
          log.setSelected(axis.log());
          boolean numbers = axis.categories().isEmpty();
          log.setDisable(!numbers);
          from.setDisable(!numbers);
          to.setDisable(!numbers);
        });
  }

  private static @Nullable AxisRange positive(AxisSpec axis, boolean log) {
    AxisRange range = axis.range();
    return log && range != null && range.min() <= 0 ? null : range;
  }

  /** One end of a range. */
  private interface End {
    double of(AxisRange range);
  }

  private TextField end(String name, String word, End end) {
    TextField field =
        fields.committed(
            "The %s axis %s".formatted(name, word),
            d -> {
              AxisRange range = axis(d).range();
              return range == null ? "" : FigureForm.number(end.of(range));
            },
            text -> setEnd(word, text));
    field.setId(name + "-" + word);
    field.setPromptText("data");
    field.setPrefColumnCount(6);
    return field;
  }

  private void setEnd(String word, String text) {
    if (text.isBlank()) {
      change(" range", a -> a.withRange(null));
      return;
    }
    double typed = FigureForm.parse(word, text);
    AxisRange now = axis(viewModel.draft()).range();
    AxisRange data = now != null ? now : data();
    boolean lower = word.equals("from");
    double min = lower ? typed : data == null ? Math.min(0, typed) : data.min();
    double max = lower ? data == null ? Math.max(1, typed) : data.max() : typed;
    if (!(min < max)) {
      throw new IllegalArgumentException(
          "range: expected from < to, found %s and %s"
              .formatted(FigureForm.number(min), FigureForm.number(max)));
    }
    if (axis(viewModel.draft()).log() && min <= 0) {
      throw new IllegalArgumentException(
          "range: a logarithmic axis begins above 0, found " + FigureForm.number(min));
    }
    change(" range", a -> a.withRange(new AxisRange(min, max)));
  }

  /** Labels that differ from the panel's own say something of theirs, such as a share. */
  private void relabel(String before, String now) {
    change(" label", a -> a.label().equals(before) ? a.withLabel(now) : a);
  }

  private void change(String what, UnaryOperator<AxisSpec> edit) {
    boolean all = viewModel.alikeProperty().get();
    viewModel.editFigure(
        (horizontal ? "x" : "y") + what,
        f -> FigureEdits.withAxis(f, index, horizontal, all, edit));
  }

  private @Nullable AxisRange data() {
    Panel panel = panel(viewModel.draft());
    return panel == null ? null : horizontal ? panel.dataX() : panel.dataY();
  }

  private @Nullable Panel panel(FigureDraft draft) {
    return draft.drawing() instanceof Figure f && index < f.panels().size()
        ? f.panels().get(index)
        : null;
  }

  private AxisSpec axis(FigureDraft draft) {
    Panel panel = panel(draft);
    return panel == null ? AxisSpec.linear("") : horizontal ? panel.x() : panel.y();
  }

  List<Node> nodes() {
    String name = horizontal ? "x" : "y";
    Label between = new Label("to");
    between.setMinWidth(Region.USE_PREF_SIZE);
    log.setMinWidth(Region.USE_PREF_SIZE);
    return List.of(
        DraftFields.row(name + " axis", "Quantity and unit", label),
        DraftFields.row(name + " range", "Empty: from the data", from, between, to, log));
  }
}
