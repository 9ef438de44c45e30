package org.lambdascope.app.editor;

import java.awt.Color;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.SectionHeading;
import org.lambdascope.app.common.Tips;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.FigureTheme;
import org.lambdascope.app.figure.LegendPlace;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.figure.Table;
import org.lambdascope.app.figure.Venue;
import org.lambdascope.app.figure.spec.Captions;

/** All that can be set about a figure or a table. */
final class FigureForm extends VBox {

  private final FigureEditorViewModel viewModel;
  private final DraftFields common;
  private final VBox panelSection = new VBox(6);
  private final VBox legendSection = new VBox(6);
  private final DraftFields panelFields;
  private final DraftFields legendFields;
  private final PanelArrangement arrangement;
  private @Nullable List<LegendEntry> shownEntries;

  FigureForm(FigureEditorViewModel viewModel) {
    super(6);
    this.viewModel = viewModel;
    common = new DraftFields(viewModel);
    panelFields = new DraftFields(viewModel);
    legendFields = new DraftFields(viewModel);
    arrangement = new PanelArrangement(viewModel);
    setPadding(new Insets(10, 14, 14, 12));
    page();
    if (viewModel.draft().drawing() instanceof Table table) {
      getChildren().addAll(new TableForm(viewModel, common, table).nodes());
    } else {
      titles();
      panels();
      getChildren().addAll(panelSection, legendSection);
    }
    viewModel.draftProperty().subscribe(d -> refresh());
    viewModel
        .panelProperty()
        .subscribe(
            i -> {
              arrangement.mark();
              showPanel();
            });
  }

  private void page() {
    ComboBox<Venue> venue = choice("venue", Arrays.asList(Venue.values()), FigureForm::venueWords);
    venue.setOnAction(e -> act(venue, value -> viewModel.edit("venue", d -> d.withVenue(value))));
    common.onRefresh(() -> venue.setValue(viewModel.draft().venue()));
    TextField height =
        common.live(
            "Height in millimetres",
            d -> d.heightMm() == null ? "" : number(d.heightMm()),
            text -> {
              Double mm = text.isBlank() ? null : (Double) parse("height", text);
              viewModel.edit("height", d -> d.withHeight(mm));
            });
    height.setId("height");
    height.setPromptText("automatic");
    ComboBox<FigureTheme> theme =
        choice("theme", Arrays.asList(FigureTheme.values()), t -> lower(t.name()));
    theme.setOnAction(e -> act(theme, value -> viewModel.edit("colours", d -> d.withTheme(value))));
    common.onRefresh(() -> theme.setValue(viewModel.draft().theme()));
    getChildren()
        .addAll(
            new SectionHeading(
                "Page",
                "A figure is laid out at the size at which it is printed, in type that suits the text around it; include it without scaling."),
            DraftFields.row("Venue", "Where it is printed: sets width and type", venue),
            DraftFields.row("Height (mm)", "Empty: what its content needs", height),
            DraftFields.row("Colours", "Papers want light", theme));
  }

  private void titles() {
    TextField title =
        common.live(
            "Title above all panels",
            d -> d.drawing() instanceof Figure f ? f.title() : "",
            text -> viewModel.editFigure("title", f -> FigureEdits.titled(f, text)));
    title.setId("figure-title");
    title.setPromptText("none");
    ComboBox<LegendPlace> legend =
        choice("legend", Arrays.asList(LegendPlace.values()), p -> lower(p.name()));
    legend.setOnAction(
        e ->
            act(
                legend,
                value -> viewModel.editFigure("legend", f -> FigureEdits.withLegend(f, value))));
    common.onRefresh(() -> viewModel.figure().ifPresent(f -> legend.setValue(f.legend())));
    getChildren()
        .addAll(
            new SectionHeading("Figure", "What stands above, below and beside all panels."),
            DraftFields.row("Title", "Above all panels; papers often have none", title),
            DraftFields.row("Legend", "Where the legend stands", legend),
            caption(viewModel, common));
  }

  /** The field of the caption. */
  static Node caption(FigureEditorViewModel viewModel, DraftFields fields) {
    var area =
        fields.area(
            "Caption for LaTeX",
            d -> d.caption() == null ? "" : d.caption(),
            text -> viewModel.edit("caption", d -> d.withCaption(text)));
    area.setId("caption");
    fields.onRefresh(() -> area.setPromptText(Captions.of(viewModel.draft().drawing())));
    HBox row = DraftFields.row("Caption", "For LaTeX; empty: made of the titles", area);
    row.setAlignment(Pos.TOP_LEFT);
    return row;
  }

  private void panels() {
    Button add = new Button("Add …");
    add.setId("add-panels");
    add.getStyleClass().add("small");
    Tips.on(add, "Add the panels of a stored figure (figure.json)");
    add.setOnAction(e -> viewModel.appendStored());
    Button fewer = columns("−", "fewer-columns", -1);
    Button more = columns("+", "more-columns", 1);
    Label count = new Label();
    common.onRefresh(
        () ->
            viewModel
                .figure()
                .ifPresent(
                    f -> {
                      int columns = Math.min(f.columns(), f.panels().size());
                      count.setText(columns + " per row");
                      fewer.setDisable(columns <= 1);
                      more.setDisable(columns >= f.panels().size());
                      arrangement.show(f);
                    }));
    SectionHeading heading =
        new SectionHeading(
            "Panels",
            "Drag a tile to another place: below the last row for one more row, to the right edge for longer rows. Letters follow. Click a tile to set its titles and axes.");
    heading.getChildren().addAll(count, fewer, more, add);
    getChildren().addAll(heading, arrangement);
  }

  private Button columns(String sign, String id, int by) {
    Button button = new Button(sign);
    button.setId(id);
    button.getStyleClass().add("small");
    String meaning = by < 0 ? "Fewer panels per row" : "More panels per row";
    button.setAccessibleText(meaning);
    Tips.on(button, meaning);
    button.setOnAction(
        e -> viewModel.figure().ifPresent(f -> viewModel.setColumns(f.columns() + by)));
    return button;
  }

  private void showPanel() {
    panelFields.clear();
    panelSection.getChildren().clear();
    Figure figure = viewModel.figure().orElse(null);
    if (figure == null) {
      return;
    }
    int index = viewModel.panelProperty().get();
    String letter =
        figure.panels().size() == 1
            ? ""
            : " " + viewModel.draft().venue().type().letters().of(index);
    TextField title =
        panelText("Title of the panel", index, Panel::title, (p, t) -> p.withTitle(t));
    title.setId("panel-title");
    TextField subtitle =
        panelText(
            "Subtitle of the panel",
            index,
            Panel::subtitle,
            (p, t) -> new Panel(p.title(), t, p.x(), p.y(), p.series(), p.markers(), p.scale()));
    CheckBox alike = new CheckBox("Change the axes of all panels");
    alike.setId("alike");
    alike.selectedProperty().bindBidirectional(viewModel.alikeProperty());
    alike.setVisible(figure.panels().size() > 1);
    alike.setManaged(alike.isVisible());
    AxisForm x = new AxisForm(viewModel, panelFields, index, true);
    AxisForm y = new AxisForm(viewModel, panelFields, index, false);
    panelSection
        .getChildren()
        .addAll(
            new SectionHeading("Panel" + letter, "The titles and axes of the chosen panel."),
            DraftFields.row("Title", "", title),
            DraftFields.row("Subtitle", "", subtitle),
            alike);
    panelSection.getChildren().addAll(x.nodes());
    panelSection.getChildren().addAll(y.nodes());
    panelFields.refresh();
  }

  /** Makes a panel with another text. */
  private interface WithText {
    Panel of(Panel panel, String text);
  }

  private TextField panelText(
      String name, int index, Function<Panel, String> get, WithText change) {
    return panelFields.live(
        name,
        d ->
            d.drawing() instanceof Figure f && index < f.panels().size()
                ? get.apply(f.panels().get(index))
                : "",
        text ->
            viewModel.editFigure(
                name, f -> FigureEdits.withPanel(f, index, p -> change.of(p, text))));
  }

  private void showLegend(Figure figure) {
    List<LegendEntry> entries = FigureEdits.entries(figure);
    if (entries.equals(shownEntries)) {
      return;
    }
    boolean anew = shownEntries == null || shownEntries.size() != entries.size();
    shownEntries = entries;
    if (anew) {
      legendFields.clear();
      legendSection.getChildren().clear();
      if (!entries.isEmpty()) {
        legendSection
            .getChildren()
            .add(
                new SectionHeading(
                    "Series", "Names and colours in the legend, in every panel alike."));
      }
      for (int i = 0; i < entries.size(); i++) {
        legendSection.getChildren().add(entryRow(i));
      }
    }
    legendFields.refresh();
  }

  private Node entryRow(int index) {
    TextField name =
        legendFields.committed(
            "Name of series " + (index + 1),
            d -> entry(d, index).name(),
            text -> {
              LegendEntry entry = entry(viewModel.draft(), index);
              viewModel.editFigure("series name", f -> FigureEdits.renamed(f, entry, text));
            });
    name.setId("series-" + index);
    HBox.setHgrow(name, Priority.ALWAYS);
    HBox row = new HBox(6);
    row.setAlignment(Pos.CENTER_LEFT);
    if (entry(viewModel.draft(), index).colour() >= 0) {
      ColourChoice colour = new ColourChoice("Colour of series " + (index + 1));
      colour.setId("colour-" + index);
      colour.setOnAction(
          e -> {
            Integer chosen = colour.getValue();
            if (chosen != null && !legendFields.refreshing()) {
              LegendEntry entry = entry(viewModel.draft(), index);
              viewModel.editFigure("series colour", f -> FigureEdits.coloured(f, entry, chosen));
            }
          });
      legendFields.onRefresh(
          () -> colour.show(entry(viewModel.draft(), index).colour(), viewModel.draft().theme()));
      row.getChildren().add(colour);
    }
    row.getChildren().add(name);
    return row;
  }

  private static LegendEntry entry(FigureDraft draft, int index) {
    List<LegendEntry> entries =
        draft.drawing() instanceof Figure f ? FigureEdits.entries(f) : List.of();
    return index < entries.size() ? entries.get(index) : new LegendEntry("", false, -1);
  }

  private void refresh() {
    common.refresh();
    panelFields.refresh();
    viewModel.figure().ifPresent(this::showLegend);
    legendFields.refresh();
  }

  /** Takes what was chosen, unless the draft chose it. */
  private <T> void act(ComboBox<T> choice, Consumer<T> with) {
    T value = choice.getValue();
    if (value != null && !common.refreshing()) {
      viewModel.history().seal();
      with.accept(value);
    }
  }

  /** A choice that shows words. */
  static <T> ComboBox<T> choice(String id, List<T> values, Function<T, String> words) {
    ComboBox<T> choice = new ComboBox<>();
    choice.setId(id);
    choice.getItems().setAll(values);
    choice.setMaxWidth(Double.MAX_VALUE);
    choice.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable T value) {
            return value == null ? "" : words.apply(value);
          }

          @Override
          public @Nullable T fromString(String text) {
            return null;
          }
        });
    return choice;
  }

  private static String venueWords(Venue venue) {
    return String.format(Locale.ROOT, "%s · %.1f mm", venue.id(), venue.widthMm());
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** A number as it is typed, to six digits: an axis shows no more. */
  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
  }

  /** A typed number. */
  static double parse(String what, String text) {
    try {
      double value = Double.parseDouble(text.strip().replace('−', '-'));
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "%s: expected a number, found '%s'".formatted(what, text.strip()));
  }

  /** A colour for style sheets. */
  static String css(Color colour) {
    return String.format(
        Locale.ROOT, "#%02x%02x%02x", colour.getRed(), colour.getGreen(), colour.getBlue());
  }
}
