package org.lambdascope.app.editor;

import java.awt.image.BufferedImage;
import java.util.Locale;
import javafx.embed.swing.SwingFXUtils;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Separator;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Slider;
import javafx.scene.control.SplitPane;
import javafx.scene.control.ToolBar;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.command.CommandMenus;
import org.lambdascope.app.command.CommandRegistry;
import org.lambdascope.app.common.FigureActions;
import org.lambdascope.app.common.RenderScale;
import org.lambdascope.app.common.Soon;
import org.lambdascope.app.common.SteadySlider;
import org.lambdascope.app.common.Tips;
import org.lambdascope.app.figure.FigureFormat;
import org.lambdascope.app.figure.Table;

/** The figure at its final size, with all that can be set about it at the right. */
public final class FigureEditorView extends BorderPane {

  private static final double FORM_WIDTH = 380;

  private static final KeyCombination UNDO =
      new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);
  private static final KeyCombination REDO =
      new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
  private static final KeyCombination SAVE =
      new KeyCodeCombination(KeyCode.S, KeyCombination.SHORTCUT_DOWN);
  private static final KeyCombination COPY =
      new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);

  private final FigureEditorViewModel viewModel;
  private final ImageView page = new ImageView();
  private final Label problem = new Label();
  private final Label size = new Label();
  private final ScrollPane desk;
  private final CommandRegistry commands;

  /** Shows a view-model. */
  public FigureEditorView(FigureEditorViewModel viewModel, FigureActions actions) {
    this.viewModel = viewModel;
    commands = EditorCommands.of(viewModel, windowActions(actions));
    getStyleClass().addAll("shell", "figure-editor");
    page.setPreserveRatio(true);
    page.setSmooth(true);
    page.setId("figure-page");
    StackPane sheet = new StackPane(page);
    sheet.getStyleClass().add("figure-sheet");
    sheet.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    StackPane around = new StackPane(sheet);
    around.setPadding(new Insets(24));
    desk = new ScrollPane(around);
    desk.setFitToWidth(true);
    desk.setFitToHeight(true);
    desk.getStyleClass().add("figure-desk");
    desk.setAccessibleText("The page, at its final size");
    ScrollPane form = new ScrollPane();
    // To make and to style its fields takes as long as the rest of the window.
    new Soon(() -> form.setContent(new FigureForm(viewModel))).ask();
    form.setFitToWidth(true);
    form.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    form.getStyleClass().add("figure-form");
    form.setMinWidth(FORM_WIDTH);
    form.setPrefWidth(FORM_WIDTH);
    SplitPane.setResizableWithParent(form, false);
    SplitPane main = new SplitPane(desk, form);
    main.setDividerPositions(0.69);
    setTop(new VBox(CommandMenus.bar(commands), toolBar(actions)));
    setCenter(main);
    setBottom(foot());
    viewModel.preview().imageProperty().subscribe(this::show);
    viewModel.draftProperty().subscribe(d -> size.setText(words(d)));
    addEventFilter(KeyEvent.KEY_PRESSED, e -> key(e, actions));
    RenderScale.follow(this, () -> viewModel.preview().setPixelScale(RenderScale.of(this)));
  }

  /** What can be done here. */
  CommandRegistry commands() {
    return commands;
  }

  private EditorCommands.Actions windowActions(FigureActions actions) {
    return new EditorCommands.Actions() {
      @Override
      public void copy() {
        FigureEditorView.this.copy(actions);
      }

      @Override
      public void fit() {
        FigureEditorView.this.fit();
      }

      @Override
      public void close() {
        getScene().getWindow().hide();
      }
    };
  }

  private static String words(FigureDraft draft) {
    var type = draft.venue().type();
    return String.format(
        Locale.ROOT,
        "%s type, %s to %s pt",
        type.font().name().toLowerCase(Locale.ROOT),
        FigureForm.number(type.small()),
        FigureForm.number(Math.max(type.label(), type.title())));
  }

  private void show(@Nullable BufferedImage image) {
    if (image != null) {
      page.setImage(SwingFXUtils.toFXImage(image, null));
      page.setFitWidth(viewModel.preview().width(image));
    }
  }

  private void key(KeyEvent event, FigureActions actions) {
    if (UNDO.match(event)) {
      viewModel.undo();
    } else if (REDO.match(event)) {
      viewModel.redo();
    } else if (SAVE.match(event)) {
      viewModel.save();
    } else if (COPY.match(event)) {
      copy(actions);
    } else {
      return;
    }
    // Fields have an undo of their own, which knows one field only.
    event.consume();
  }

  private void copy(FigureActions actions) {
    FigureDraft draft = viewModel.draft();
    actions.copy(draft.drawing(), draft.options());
  }

  private ToolBar toolBar(FigureActions actions) {
    Button undo = button("↶ Undo", "editor-undo", viewModel::undo);
    viewModel
        .history()
        .undoableProperty()
        .subscribe(what -> describe(undo, "Undo", what, "Ctrl+Z"));
    Button redo = button("↷ Redo", "editor-redo", viewModel::redo);
    viewModel
        .history()
        .redoableProperty()
        .subscribe(what -> describe(redo, "Redo", what, "Ctrl+Shift+Z"));
    Button copy = button("Copy", "editor-copy", () -> copy(actions));
    Tips.on(copy, "Copy an image at 300 pixels per inch (Ctrl+Shift+C)");
    MenuButton export = new MenuButton("Export");
    export.setId("editor-export");
    for (FigureFormat format :
        new FigureFormat[] {
          FigureFormat.PDF, FigureFormat.SVG, FigureFormat.PNG, FigureFormat.CSV
        }) {
      export.getItems().add(item(format.name() + " …", () -> viewModel.export(format)));
    }
    boolean table = viewModel.draft().drawing() instanceof Table;
    export
        .getItems()
        .addAll(
            new SeparatorMenuItem(),
            item(table ? "LaTeX table …" : "LaTeX with caption …", viewModel::exportLatex));
    Button save = button("Save", "editor-save", viewModel::save);
    save.getStyleClass().add("accent");
    Tips.on(
        save,
        "Save the specification and the data, which 'lambdascope figure' draws again (Ctrl+S)");
    Slider zoom =
        new SteadySlider(
            PagePreview.LEAST_ZOOM,
            PagePreview.MOST_ZOOM,
            viewModel.preview().zoomProperty().get());
    zoom.setId("editor-zoom");
    zoom.setPrefWidth(150);
    zoom.setBlockIncrement(0.25);
    zoom.setAccessibleText("Enlargement of the page");
    zoom.valueProperty().bindBidirectional(viewModel.preview().zoomProperty());
    Label percent = new Label();
    percent.setMinWidth(48);
    viewModel
        .preview()
        .zoomProperty()
        .subscribe(z -> percent.setText(Math.round(100 * z.doubleValue()) + " %"));
    Button fit = button("Fit", "editor-fit", this::fit);
    Tips.on(fit, "Enlarge the page to the width of the window");
    Button original =
        button("1 : 1", "editor-original", () -> viewModel.preview().zoomProperty().set(1));
    Tips.on(original, "The size on paper, at 96 pixels per inch");
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    return new ToolBar(
        undo,
        redo,
        new Separator(Orientation.VERTICAL),
        new Label("Zoom"),
        zoom,
        percent,
        original,
        fit,
        gap,
        copy,
        export,
        save);
  }

  private void fit() {
    BufferedImage image = viewModel.preview().imageProperty().get();
    if (image != null) {
      double now = viewModel.preview().width(image) / viewModel.preview().zoomProperty().get();
      double room = desk.getViewportBounds().getWidth() - 60;
      viewModel
          .preview()
          .zoomProperty()
          .set(Math.clamp(room / now, PagePreview.LEAST_ZOOM, PagePreview.MOST_ZOOM));
    }
  }

  private static void describe(Button button, String verb, String what, String shortcut) {
    button.setDisable(what.isEmpty());
    Tips.on(
        button,
        what.isEmpty()
            ? "Nothing to " + verb.toLowerCase(Locale.ROOT)
            : "%s: %s (%s)".formatted(verb, what, shortcut));
  }

  private Node foot() {
    Label page = new Label();
    page.setId("page-size");
    viewModel.draftProperty().subscribe(d -> page.setText(viewModel.pageWords()));
    size.getStyleClass().add("text-muted");
    problem.setId("editor-problem");
    problem.getStyleClass().add("problem");
    problem.textProperty().bind(viewModel.problemProperty());
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    HBox foot = new HBox(12, page, size, gap, problem);
    foot.setAlignment(Pos.CENTER_LEFT);
    foot.getStyleClass().add("page-foot");
    return foot;
  }

  private static Button button(String text, String id, Runnable action) {
    Button button = new Button(text);
    button.setId(id);
    button.setOnAction(e -> action.run());
    return button;
  }

  private static MenuItem item(String text, Runnable action) {
    MenuItem item = new MenuItem(text);
    item.setOnAction(e -> action.run());
    return item;
  }
}
