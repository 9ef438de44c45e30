package org.lambdascope.app.editor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import org.lambdascope.app.common.SectionHeading;
import org.lambdascope.app.figure.Table;
import org.lambdascope.app.figure.Table.Section;

/** All that can be set about a table. */
final class TableForm {

  private static final int MOST_DECIMALS = 9;

  private final FigureEditorViewModel viewModel;
  private final DraftFields fields;
  private final List<Node> nodes = new ArrayList<>();

  TableForm(FigureEditorViewModel viewModel, DraftFields fields, Table table) {
    this.viewModel = viewModel;
    this.fields = fields;
    TextField title =
        fields.live(
            "Title of the table",
            d -> d.drawing() instanceof Table t ? t.title() : "",
            text -> edit("title", t -> new Table(text, t.corner(), t.columns(), t.sections())));
    title.setId("figure-title");
    TextField corner =
        fields.live(
            "What the columns are of",
            d -> d.drawing() instanceof Table t ? t.corner() : "",
            text -> edit("corner", t -> new Table(t.title(), text, t.columns(), t.sections())));
    corner.setId("corner");
    nodes.add(new SectionHeading("Table", "The title goes into the caption, not onto the page."));
    nodes.add(DraftFields.row("Title", "", title));
    nodes.add(DraftFields.row("Columns", "What the columns are of, with its unit", corner));
    nodes.add(FigureForm.caption(viewModel, fields));
    for (int i = 0; i < table.sections().size(); i++) {
      section(i, table.sections().get(i).title());
    }
  }

  List<Node> nodes() {
    return nodes;
  }

  private void section(int index, String name) {
    ComboBox<Integer> decimals =
        FigureForm.choice(
            "decimals-" + index,
            IntStream.rangeClosed(0, MOST_DECIMALS).boxed().toList(),
            n -> Integer.toString(n));
    decimals.setOnAction(
        e -> {
          Integer chosen = decimals.getValue();
          if (chosen != null && !fields.refreshing()) {
            edit(
                "decimals",
                t -> with(t, index, s -> new Section(s.title(), chosen, s.best(), s.rows())));
          }
        });
    ComboBox<Table.Best> best =
        FigureForm.choice(
            "best-" + index,
            Arrays.asList(Table.Best.values()),
            b -> b.name().toLowerCase(Locale.ROOT));
    best.setOnAction(
        e -> {
          Table.Best chosen = best.getValue();
          if (chosen != null && !fields.refreshing()) {
            edit(
                "underlined",
                t -> with(t, index, s -> new Section(s.title(), s.decimals(), chosen, s.rows())));
          }
        });
    fields.onRefresh(
        () -> {
          if (viewModel.draft().drawing() instanceof Table t) {
            decimals.setValue(t.sections().get(index).decimals());
            best.setValue(t.sections().get(index).best());
          }
        });
    nodes.add(new SectionHeading(name.isEmpty() ? "Values" : name, "One quantity of the table."));
    nodes.add(DraftFields.row("Decimals", "Of every value", decimals));
    nodes.add(DraftFields.row("Underlined", "The best value of a column", best));
  }

  private static Table with(Table table, int index, UnaryOperator<Section> change) {
    List<Section> sections = new ArrayList<>(table.sections());
    sections.set(index, change.apply(sections.get(index)));
    return new Table(table.title(), table.corner(), table.columns(), sections);
  }

  private void edit(String what, UnaryOperator<Table> change) {
    viewModel.edit(what, d -> d.drawing() instanceof Table t ? d.withDrawing(change.apply(t)) : d);
  }
}
