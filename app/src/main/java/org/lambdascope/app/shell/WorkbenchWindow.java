package org.lambdascope.app.shell;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javafx.application.Application;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.common.FigureActions;
import org.lambdascope.app.common.FilePicker;
import org.lambdascope.app.common.FxDialogs;
import org.lambdascope.app.common.FxTaskRunner;
import org.lambdascope.app.editor.FigureWindows;
import org.lambdascope.app.inspector.EngineAttentionLoader;
import org.lambdascope.app.inspector.InspectorView;
import org.lambdascope.app.inspector.InspectorViewModel;
import org.lambdascope.app.inspector.ReadingLoader;
import org.lambdascope.app.inspector.TokenView;
import org.lambdascope.app.inspector.TokenViewModel;
import org.lambdascope.app.mask.MaskView;
import org.lambdascope.app.mask.MaskViewModel;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.models.StartView;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.settings.Settings;
import org.lambdascope.app.settings.Theme;
import org.lambdascope.app.workbench.ArmPropertiesView;
import org.lambdascope.app.workbench.ArmPropertiesViewModel;
import org.lambdascope.app.workbench.ChunksViewModel;
import org.lambdascope.app.workbench.DiagnosticsViewModel;
import org.lambdascope.app.workbench.EngineArmRunner;
import org.lambdascope.app.workbench.EngineContextTileLoader;
import org.lambdascope.app.workbench.VanillaEquivalence;
import org.lambdascope.app.workbench.WorkbenchView;
import org.lambdascope.app.workbench.WorkbenchViewModel;
import org.lambdascope.engine.model.ModelLoader;

/** The composition root: makes everything in the window and joins it together. */
final class WorkbenchWindow {

  private static final double WIDTH = 1280;
  private static final double HEIGHT = 800;

  /** On a screen that has room for it. */
  private static final double LARGE_WIDTH = 1440;

  private static final double LARGE_HEIGHT = 900;

  /** Which page is about the selected token. */
  private static final int TOKEN_PAGE = 2;

  private static final String STYLE_SHEET =
      Objects.requireNonNull(WorkbenchWindow.class.getResource("lambdascope.css")).toExternalForm();

  private final Stage stage;
  private final FxTaskRunner tasks = new FxTaskRunner();
  private final ModelsViewModel models;
  private final WorkbenchViewModel workbench;
  private final MaskViewModel mask;
  private final TokenViewModel token;
  private final ShellViewModel shell;
  private final Showcase showcase;
  private final FigureWindows editors;
  private final RunPages runs;

  /**
   * Makes the window; {@link #show} shows it.
   *
   * @param settings what is remembered
   * @param files the file dialogs of a stage
   * @param samples what is bundled
   * @param store the run store, which need not be there
   */
  WorkbenchWindow(
      Stage stage,
      Settings settings,
      Function<Stage, FilePicker> files,
      Samples samples,
      Path store) {
    this.stage = stage;
    FilePicker picker = files.apply(stage);
    Dialogs dialogs = new FxDialogs(stage);
    models = new ModelsViewModel(tasks, dialogs, settings, ModelLoader::open);
    workbench =
        new WorkbenchViewModel(
            models,
            tasks,
            new EngineArmRunner(),
            dialogs,
            System::nanoTime,
            WorkbenchWindow::freeHeap);
    new VanillaEquivalence(workbench, tasks, VanillaEquivalence.Measure.engine());
    DiagnosticsViewModel diagnostics = new DiagnosticsViewModel(workbench, tasks);
    InspectorViewModel inspector =
        new InspectorViewModel(workbench, tasks, new EngineAttentionLoader());
    mask = new MaskViewModel(workbench);
    token = new TokenViewModel(workbench, inspector, tasks, ReadingLoader.engine());
    shell = new ShellViewModel(models, workbench, settings);
    shell.pageProperty().subscribe(p -> token.activeProperty().set(p.intValue() == TOKEN_PAGE));
    editors = new FigureWindows(tasks, dialogs, files, shell.themeProperty(), STYLE_SHEET);
    FigureActions figures = new FigureActions(tasks, dialogs, picker, editors);
    showcase = new Showcase(samples, models, workbench, tasks);
    Commands commands =
        new Commands(shell, models, workbench, diagnostics, picker, figures, showcase, editors);
    runs =
        new RunPages(
            tasks, dialogs, picker, figures, editors, samples, store, shell.pageProperty());
    shell.themeProperty().subscribe(WorkbenchWindow::apply);
    ShellView view =
        new ShellView(
            shell,
            commands,
            new WorkbenchView(
                workbench,
                diagnostics,
                arm -> new ChunksViewModel(arm, workbench, tasks, new EngineContextTileLoader()),
                figures),
            new MaskView(mask),
            new TokenView(token, figures),
            new ArmPropertiesView(new ArmPropertiesViewModel(workbench)),
            new InspectorView(inspector, models, figures),
            new StartView(models, picker),
            runs,
            stage::close,
            () -> Words.show(stage));
    Rectangle2D screen = Screen.getPrimary().getVisualBounds();
    boolean roomy = screen.getWidth() >= LARGE_WIDTH && screen.getHeight() > LARGE_HEIGHT;
    Scene scene = new Scene(view, roomy ? LARGE_WIDTH : WIDTH, roomy ? LARGE_HEIGHT : HEIGHT);
    scene.getStylesheets().add(STYLE_SHEET);
    stage.setScene(scene);
    stage.setMinWidth(900);
    stage.setMinHeight(560);
    stage.titleProperty().bind(shell.titleProperty());
    stage.setOnHidden(e -> close());
  }

  private static long freeHeap() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
  }

  private static void apply(Theme theme) {
    Application.setUserAgentStylesheet(
        (theme == Theme.DARK ? new PrimerDark() : new PrimerLight()).getUserAgentStylesheet());
  }

  /** Shows the window and opens files. */
  void show(List<Path> open) {
    stage.show();
    models.open(open);
  }

  ModelsViewModel models() {
    return models;
  }

  WorkbenchViewModel workbench() {
    return workbench;
  }

  ShellViewModel shell() {
    return shell;
  }

  MaskViewModel mask() {
    return mask;
  }

  TokenViewModel token() {
    return token;
  }

  Showcase showcase() {
    return showcase;
  }

  RunPages runs() {
    return runs;
  }

  void reopenFigure() {
    editors.reopen();
  }

  private void close() {
    runs.close();
    editors.closeAll();
    workbench.close();
    tasks.close();
  }
}
