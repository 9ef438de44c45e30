package org.lambdascope.app.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.controlsfx.control.StatusBar;
import org.lambdascope.app.command.CommandMenus;
import org.lambdascope.app.command.CommandRegistry;
import org.lambdascope.app.common.DroppedFiles;
import org.lambdascope.app.common.EscapePasses;
import org.lambdascope.app.common.OverlayPane;
import org.lambdascope.app.figure.FigureTheme;
import org.lambdascope.app.inspector.InspectorView;
import org.lambdascope.app.inspector.TokenView;
import org.lambdascope.app.library.LibraryView;
import org.lambdascope.app.mask.MaskView;
import org.lambdascope.app.settings.Theme;
import org.lambdascope.app.settings.WindowBounds;
import org.lambdascope.app.settings.WindowLayout;
import org.lambdascope.app.tour.TourView;
import org.lambdascope.app.welcome.WelcomeView;
import org.lambdascope.app.workbench.ArmPropertiesView;
import org.lambdascope.app.workbench.PresetMenu;
import org.lambdascope.app.workbench.WorkbenchView;
import org.lambdascope.app.workbench.WorkbenchViewModel;

/** The window's content: parts around the pages, and above them what comes and goes. */
final class ShellView extends StackPane {

  /** Name pages where it is remembered which of them have windows of their own. */
  private static final List<String> PAGE_IDS =
      List.of("page-arms", "page-mask", "page-token", "page-runs", "page-experiment");

  private static final KeyCombination RUN = KeyCombination.valueOf("Shortcut+Enter");

  private static final double SIDE_WIDTH = 350;
  private static final double LIBRARY_WIDTH = 200;

  private final ShellViewModel viewModel;
  private final CommandRegistry commands;
  private final Parts parts;
  private final Divider libraryDivider;
  private final Divider sideDivider;
  private final Divider bottomDivider;
  private final Divider armDivider;
  private final PageWindows windows;
  private final PanelWindows panels;
  private final VBox bars = new VBox();

  /** What the window is made of. */
  record Parts(
      LibraryView library,
      BottomView bottom,
      WorkbenchView workbench,
      MaskView mask,
      TokenView token,
      ArmPropertiesView properties,
      PresetMenu presets,
      InspectorView inspector,
      WelcomeView welcome,
      OverlayPane overlay,
      TourView tour,
      RunPages runs) {}

  ShellView(
      ShellViewModel viewModel,
      CommandRegistry commands,
      WorkbenchViewModel workbench,
      Consumer<List<Path>> open,
      Parts parts,
      WindowLayout layout,
      Runnable layoutChanged) {
    this.viewModel = viewModel;
    this.commands = commands;
    this.parts = parts;
    getStyleClass().add("shell");
    TabPane pages = pages();
    Consumer<Stage> prepare =
        own -> {
          WindowPlacement.follow(own, layoutChanged);
          DroppedFiles.onto(own.getScene().getRoot(), open);
        };
    windows = new PageWindows(pages, viewModel.detachedPages(), prepare);
    panels = new PanelWindows(this, viewModel, prepare);
    SplitPane side = split("side-split", Orientation.VERTICAL);
    armDivider = new Divider(side, layout.armDivider(), layoutChanged);
    fill(side);
    SplitPane main = split("main-split", Orientation.HORIZONTAL, pages);
    sideDivider = new Divider(main, layout.sideDivider(), layoutChanged);
    new Dock(sideDivider, side, false, viewModel.sideUsedProperty());
    parts.welcome().visibleProperty().bind(viewModel.welcomeShownProperty());
    main.visibleProperty().bind(viewModel.welcomeShownProperty().not());
    SplitPane middle =
        split("middle-split", Orientation.VERTICAL, new StackPane(main, parts.welcome()));
    bottomDivider = new Divider(middle, layout.bottomDivider(), layoutChanged);
    new Dock(bottomDivider, parts.bottom(), false, viewModel.dockedProperty(ShellPanel.BOTTOM));
    panels.add(ShellPanel.BOTTOM, parts.bottom());
    parts.bottom().getTabs().forEach(tab -> tab.setContextMenu(panels.menu(ShellPanel.BOTTOM)));
    SplitPane outer = split("outer-split", Orientation.HORIZONTAL, middle);
    parts.library().setMinWidth(140);
    parts.library().setPrefWidth(LIBRARY_WIDTH);
    libraryDivider = new Divider(outer, layout.libraryDivider(), layoutChanged);
    new Dock(libraryDivider, parts.library(), true, viewModel.dockedProperty(ShellPanel.LIBRARY));
    panels.add(ShellPanel.LIBRARY, parts.library());
    BorderPane content = new BorderPane(outer);
    bars.getChildren()
        .addAll(CommandMenus.bar(commands), new MainToolBar(commands, viewModel, workbench));
    content.setTop(bars);
    content.setBottom(statusBar());
    EscapePasses.below(content);
    getChildren().addAll(content, parts.overlay(), parts.tour());
    viewModel.themeProperty().subscribe(this::setTheme);
    DroppedFiles.onto(this, open);
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    for (ShellPanel panel : ShellPanel.values()) {
      viewModel.shownProperty(panel).subscribe((before, now) -> layoutChanged.run());
    }
    viewModel.detachedPanels().subscribe(layoutChanged);
    viewModel.detachedPages().subscribe(layoutChanged);
  }

  /**
   * On the page of an experiment the keys that run arms elsewhere run it, wherever the focus is.
   */
  private void key(KeyEvent event) {
    if (RUN.match(event) && viewModel.experimentShownProperty().get()) {
      commands.get("experiment.run").run();
      event.consume();
    }
  }

  /** Puts a bar below the tools. */
  void addBar(Node bar) {
    bars.getChildren().add(bar);
  }

  /** Moves the page that is shown into a window of its own. */
  void detachPage() {
    windows.open(viewModel.pageProperty().get());
  }

  /** Moves a part around the pages into a window of its own. */
  void detach(ShellPanel panel) {
    panels.open(panel);
  }

  /** Puts the focus where a new user goes on: to what can be started. */
  void focusFirst() {
    parts.welcome().focusFirst();
  }

  /** Moves pages and parts into windows there, and all others back. The main window is shown. */
  void setWindows(Map<String, WindowBounds> places) {
    windows.restore(places);
    panels.restore(places);
  }

  /** Where windows of pages and parts stand, by the names of what they show. */
  Map<String, WindowBounds> windows() {
    Map<String, WindowBounds> apart = windows.places();
    apart.putAll(panels.places());
    return apart;
  }

  /** How dividers and parts stand, in the rest of {@code layout}. */
  WindowLayout layoutOf(WindowLayout layout) {
    return layout
        .apart(windows())
        .showing(
            viewModel.libraryShownProperty().get(),
            viewModel.sideShownProperty().get(),
            viewModel.bottomShownProperty().get())
        .divided(
            libraryDivider.position(),
            sideDivider.position(),
            bottomDivider.position(),
            armDivider.position());
  }

  /**
   * Puts the dividers where they were when the window was left: the first layout gives parts that
   * keep their width the one that they prefer, whatever was asked for before.
   */
  void settleDividers() {
    Scene scene = getScene();
    scene.addPostLayoutPulseListener(
        new Runnable() {
          @Override
          public void run() {
            scene.removePostLayoutPulseListener(this);
            dividers().forEach(Divider::settle);
          }
        });
    requestLayout(); // so that there is such a pulse
  }

  /** The dividers between the parts, also of those that are hidden, the outer ones first. */
  List<Divider> dividers() {
    return List.of(libraryDivider, bottomDivider, sideDivider, armDivider);
  }

  private static SplitPane split(String id, Orientation orientation, Node... items) {
    SplitPane pane = new SplitPane(items);
    pane.setId(id);
    pane.setOrientation(orientation);
    return pane;
  }

  private void fill(SplitPane side) {
    side.setMinWidth(300);
    side.setPrefWidth(SIDE_WIDTH);
    dockAside(
        titled(ShellPanel.ARM, "side-settings", parts.properties(), parts.presets()),
        ShellPanel.ARM);
    dockAside(titled(ShellPanel.TOKEN, "side-token", parts.inspector()), ShellPanel.TOKEN);
  }

  private void dockAside(Region part, ShellPanel panel) {
    new Dock(armDivider, part, panel == ShellPanel.ARM, viewModel.dockedProperty(panel));
    SplitPane.setResizableWithParent(part, true);
    panels.add(panel, part);
  }

  private TabPane pages() {
    TabPane pages =
        new TabPane(
            new Tab("Arms", parts.workbench()),
            new Tab("Λ-mask", parts.mask()),
            new Tab("Token", parts.token()));
    pages.getTabs().addAll(parts.runs().tabs());
    for (int i = 0; i < pages.getTabs().size(); i++) {
      pages.getTabs().get(i).setId(PAGE_IDS.get(i));
    }
    pages.setId("pages");
    pages.setAccessibleText("Pages");
    pages.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
    viewModel.pageProperty().subscribe(p -> pages.getSelectionModel().select(p.intValue()));
    pages
        .getSelectionModel()
        .selectedIndexProperty()
        .subscribe(i -> viewModel.pageProperty().set(i.intValue()));
    return pages;
  }

  private Region titled(ShellPanel panel, String id, Node content, Node... tools) {
    Label label = new Label(panel.title());
    if (panel == ShellPanel.ARM) {
      label.textProperty().bind(viewModel.armTitle());
    }
    label.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(label, Priority.ALWAYS);
    label.setContextMenu(panels.menu(panel));
    HBox head = new HBox(label);
    head.getChildren().addAll(tools);
    head.setAlignment(Pos.CENTER_LEFT);
    head.getStyleClass().add("side-title");
    VBox box = new VBox(head, content);
    box.setId(id);
    VBox.setVgrow(content, Priority.ALWAYS);
    box.setMinHeight(120);
    return box;
  }

  private StatusBar statusBar() {
    StatusBar bar = new StatusBar();
    bar.setFocusTraversable(false); // there is nothing to do in it but its buttons
    bar.textProperty().bind(viewModel.statusProperty());
    bar.progressProperty().bind(viewModel.progressProperty());
    Label opened = new Label();
    opened.getStyleClass().add("text-muted");
    opened.textProperty().bind(viewModel.openedProperty());
    Button cancel = CommandMenus.wire(new Button("Cancel"), commands.get("run.cancel"));
    cancel.getStyleClass().addAll("small", "status-cancel");
    cancel.setFocusTraversable(false);
    cancel.visibleProperty().bind(viewModel.busyProperty());
    cancel.managedProperty().bind(viewModel.busyProperty());
    Button jobs = CommandMenus.wire(new Button("Jobs"), commands.get("view.bottom"));
    jobs.setId("status-jobs");
    jobs.getStyleClass().addAll("small", "flat", "status-cancel");
    HBox right = new HBox(12, opened, cancel, jobs);
    right.getChildren().forEach(n -> ((Region) n).setMinWidth(Region.USE_PREF_SIZE));
    right.setAlignment(Pos.CENTER_RIGHT);
    right.setPadding(new Insets(0, 0, 0, 12)); // from the bar of progress
    bar.getRightItems().add(right);
    return bar;
  }

  private void setTheme(Theme theme) {
    ShellStyles.apply(theme);
    FigureTheme figures = theme == Theme.DARK ? FigureTheme.DARK : FigureTheme.LIGHT;
    parts.workbench().setTheme(figures);
    parts.mask().setTheme(figures);
    parts.token().setTheme(figures);
    parts.inspector().setTheme(figures);
    parts.runs().setTheme(figures);
  }
}
