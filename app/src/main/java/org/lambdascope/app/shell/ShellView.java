package org.lambdascope.app.shell;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.controlsfx.control.StatusBar;
import org.lambdascope.app.figure.FigureTheme;
import org.lambdascope.app.inspector.InspectorView;
import org.lambdascope.app.inspector.TokenView;
import org.lambdascope.app.mask.MaskView;
import org.lambdascope.app.models.StartView;
import org.lambdascope.app.settings.Theme;
import org.lambdascope.app.workbench.ArmPropertiesView;
import org.lambdascope.app.workbench.WorkbenchView;

/** The window's content. */
final class ShellView extends BorderPane {

  private static final double SIDE_WIDTH = 350;

  private final ShellViewModel viewModel;
  private final Commands commands;
  private final WorkbenchView workbench;
  private final MaskView mask;
  private final TokenView token;
  private final InspectorView inspector;
  private final RunPages runs;

  ShellView(
      ShellViewModel viewModel,
      Commands commands,
      WorkbenchView workbench,
      MaskView mask,
      TokenView token,
      ArmPropertiesView properties,
      InspectorView inspector,
      StartView start,
      RunPages runs,
      Runnable quit,
      Runnable help) {
    this.viewModel = viewModel;
    this.commands = commands;
    this.workbench = workbench;
    this.mask = mask;
    this.token = token;
    this.inspector = inspector;
    this.runs = runs;
    getStyleClass().add("shell");
    setTop(new VBox(new MainMenu(commands, quit, help), new MainToolBar(commands)));
    SplitPane side =
        new SplitPane(
            titled("Settings of the selected arm", properties),
            titled("Selected token", inspector));
    side.setOrientation(Orientation.VERTICAL);
    side.setDividerPositions(0.29);
    side.setMinWidth(300);
    side.setPrefWidth(SIDE_WIDTH);
    SplitPane.setResizableWithParent(side, false);
    SplitPane main = new SplitPane(pages(), side);
    main.setDividerPositions(0.73);
    StackPane centre = new StackPane(main, start);
    Runnable arrange =
        () -> {
          boolean alone = RunPages.has(viewModel.pageProperty().get());
          boolean complete = viewModel.completeProperty().get();
          main.setVisible(complete || alone);
          start.setVisible(!complete && !alone);
          // Arms and tokens have nothing to say about stored runs.
          if (alone) {
            main.getItems().remove(side);
          } else if (!main.getItems().contains(side)) {
            main.getItems().add(side);
            main.setDividerPositions(0.73);
          }
        };
    viewModel.completeProperty().subscribe(c -> arrange.run());
    viewModel.pageProperty().subscribe(p -> arrange.run());
    setCenter(centre);
    setBottom(statusBar());
    viewModel.themeProperty().subscribe(this::setTheme);
    setOnDragOver(this::dragOver);
    setOnDragDropped(this::dropped);
  }

  private TabPane pages() {
    TabPane pages =
        new TabPane(page("Arms", workbench), page("Λ-mask", mask), page("Token", token));
    pages.getTabs().addAll(runs.tabs());
    pages.setId("pages");
    pages.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
    viewModel.pageProperty().subscribe(p -> pages.getSelectionModel().select(p.intValue()));
    pages
        .getSelectionModel()
        .selectedIndexProperty()
        .subscribe(i -> viewModel.pageProperty().set(i.intValue()));
    return pages;
  }

  private static Tab page(String title, Node content) {
    return new Tab(title, content);
  }

  private static Node titled(String title, Node content) {
    Label label = new Label(title);
    label.getStyleClass().add("side-title");
    label.setMaxWidth(Double.MAX_VALUE);
    VBox box = new VBox(label, content);
    VBox.setVgrow(content, Priority.ALWAYS);
    box.setMinHeight(120);
    return box;
  }

  private StatusBar statusBar() {
    StatusBar bar = new StatusBar();
    bar.textProperty().bind(viewModel.statusProperty());
    bar.progressProperty().bind(viewModel.progressProperty());
    Label opened = new Label();
    opened.getStyleClass().add("text-muted");
    opened.textProperty().bind(viewModel.openedProperty());
    Button cancel = new Button("Cancel");
    cancel.getStyleClass().addAll("small", "status-cancel");
    cancel.setFocusTraversable(false);
    cancel.setOnAction(e -> commands.cancel());
    cancel.visibleProperty().bind(viewModel.busyProperty());
    cancel.managedProperty().bind(viewModel.busyProperty());
    HBox right = new HBox(12, opened, cancel);
    right.setAlignment(Pos.CENTER_RIGHT);
    bar.getRightItems().add(right);
    return bar;
  }

  private void setTheme(Theme theme) {
    FigureTheme figures = theme == Theme.DARK ? FigureTheme.DARK : FigureTheme.LIGHT;
    workbench.setTheme(figures);
    mask.setTheme(figures);
    token.setTheme(figures);
    inspector.setTheme(figures);
    runs.setTheme(figures);
    getStyleClass().removeAll("light", "dark");
    getStyleClass().add(theme == Theme.DARK ? "dark" : "light");
  }

  private void dragOver(DragEvent event) {
    if (event.getDragboard().hasFiles()) {
      event.acceptTransferModes(TransferMode.COPY, TransferMode.LINK);
    }
    event.consume();
  }

  private void dropped(DragEvent event) {
    Dragboard board = event.getDragboard();
    List<Path> paths = board.getFiles().stream().map(File::toPath).toList();
    commands.models().open(paths);
    event.setDropCompleted(!paths.isEmpty());
    event.consume();
  }
}
