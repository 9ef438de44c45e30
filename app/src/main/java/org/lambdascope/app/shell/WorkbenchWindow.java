package org.lambdascope.app.shell;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import javafx.util.Subscription;
import org.lambdascope.app.command.CommandRegistry;
import org.lambdascope.app.common.DetachedWindow;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.common.FigureActions;
import org.lambdascope.app.common.FilePicker;
import org.lambdascope.app.common.FreeMemory;
import org.lambdascope.app.common.FxDialogs;
import org.lambdascope.app.common.FxTaskRunner;
import org.lambdascope.app.common.OverlayPane;
import org.lambdascope.app.editor.FigureWindows;
import org.lambdascope.app.experiment.ExperimentDraft;
import org.lambdascope.app.inspector.EngineAttentionLoader;
import org.lambdascope.app.inspector.InspectorView;
import org.lambdascope.app.inspector.InspectorViewModel;
import org.lambdascope.app.inspector.ReadingLoader;
import org.lambdascope.app.inspector.TokenView;
import org.lambdascope.app.inspector.TokenViewModel;
import org.lambdascope.app.jobs.ArmJobs;
import org.lambdascope.app.jobs.EventLog;
import org.lambdascope.app.jobs.Jobs;
import org.lambdascope.app.jobs.ListedTasks;
import org.lambdascope.app.jobs.LoggedDialogs;
import org.lambdascope.app.jobs.WorkUnderWay;
import org.lambdascope.app.library.LibraryView;
import org.lambdascope.app.library.LibraryViewModel;
import org.lambdascope.app.mask.MaskView;
import org.lambdascope.app.mask.MaskViewModel;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.samples.WorkedExample;
import org.lambdascope.app.session.SessionBar;
import org.lambdascope.app.session.SessionsViewModel;
import org.lambdascope.app.settings.Settings;
import org.lambdascope.app.settings.Theme;
import org.lambdascope.app.settings.WindowLayout;
import org.lambdascope.app.tour.TourView;
import org.lambdascope.app.tour.TourViewModel;
import org.lambdascope.app.welcome.WelcomeView;
import org.lambdascope.app.workbench.ArmPropertiesView;
import org.lambdascope.app.workbench.ArmPropertiesViewModel;
import org.lambdascope.app.workbench.ChunksViewModel;
import org.lambdascope.app.workbench.DiagnosticsViewModel;
import org.lambdascope.app.workbench.EngineArmRunner;
import org.lambdascope.app.workbench.EngineContextTileLoader;
import org.lambdascope.app.workbench.PresetMenu;
import org.lambdascope.app.workbench.TokenEntropies;
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

  private final Stage stage;
  private final Settings settings;
  private final FxTaskRunner tasks = new FxTaskRunner();
  private final ModelsViewModel models;
  private final WorkbenchViewModel workbench;
  private final MaskViewModel mask;
  private final TokenViewModel token;
  private final ShellViewModel shell;
  private final Showcase showcase;
  private final EventLog log = new EventLog(Clock.system(ZoneId.systemDefault()));
  private final Jobs jobs;
  private final LibraryViewModel library;
  private final TourViewModel tour;
  private final Subscription following;
  private final LayoutMemory layoutMemory;
  private final FileOpener opener;
  private ShellView view;
  private final CommandRegistry registry = new CommandRegistry();
  private final SessionsViewModel sessions;
  private final FigureWindows editors;
  private final RunPages runs;
  private Runnable ended = () -> {};

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
    this(stage, settings, files, samples, store, FreeMemory.heap());
  }

  /**
   * The same on another machine.
   *
   * @param memory what a run may still take
   */
  WorkbenchWindow(
      Stage stage,
      Settings settings,
      Function<Stage, FilePicker> files,
      Samples samples,
      Path store,
      FreeMemory memory) {
    this.stage = stage;
    this.settings = settings;
    layoutMemory = new LayoutMemory(tasks, settings, this::layout);
    FilePicker picker = files.apply(stage);
    jobs = new Jobs(System::nanoTime, log);
    Dialogs dialogs = new LoggedDialogs(new FxDialogs(stage, tasks), log);
    WorkUnderWay underWay = new WorkUnderWay(tasks);
    ListedTasks listed = new ListedTasks(underWay, jobs);
    models = new ModelsViewModel(listed, dialogs, settings, ModelLoader::open);
    workbench =
        new WorkbenchViewModel(
            models, tasks, new EngineArmRunner(), dialogs, System::nanoTime, memory);
    new ArmJobs(workbench, jobs, workbench::cancel);
    new VanillaEquivalence(workbench, underWay, VanillaEquivalence.Measure.engine());
    new TokenEntropies(workbench, listed, TokenEntropies.Loader.engine());
    DiagnosticsViewModel diagnostics = new DiagnosticsViewModel(workbench, tasks);
    InspectorViewModel inspector =
        new InspectorViewModel(workbench, underWay, new EngineAttentionLoader());
    mask = new MaskViewModel(workbench);
    token = new TokenViewModel(workbench, inspector, underWay, ReadingLoader.engine());
    shell = new ShellViewModel(models, workbench, underWay.wordsProperty(), settings);
    shell.pageProperty().subscribe(p -> token.activeProperty().set(shell.showsToken()));
    shell.detachedPages().subscribe(() -> token.activeProperty().set(shell.showsToken()));
    editors = new FigureWindows(tasks, dialogs, files);
    FigureActions figures = new FigureActions(listed, tasks, dialogs, picker, editors);
    runs =
        new RunPages(
            underWay,
            dialogs,
            picker,
            figures,
            editors,
            samples,
            store,
            shell.pageProperty(),
            memory);
    runs.listIn(jobs);
    shell.follow(runs.experiment().job());
    showcase = new Showcase(samples, models, workbench, tasks);
    PageStates pages = new PageStates(shell, token, mask, runs.runs());
    ShellLayout layout = new ShellLayout(shell.pageProperty(), stage, pages);
    sessions = new SessionsViewModel(workbench, tasks, dialogs, picker, samples, layout);
    sessions.setDrafts(
        new WindowDrafts(editors, new ExperimentDraft(tasks, runs.experiment()), dialogs));
    figures.onExported(sessions.log()::exported);
    editors.onDrawn(sessions.log()::drew);
    runs.experiment().job().onStarted(sessions.log()::ranExperiments);
    showcase.onStarted(sessions::isExample);
    shell.restoredProperty().bind(sessions.incompleteProperty());
    library = new LibraryViewModel(models, settings, samples.models(), samples.documents());
    library.setRunOpener(runs::openRun);
    runs.fill(library.storedRuns());
    opener =
        new FileOpener(
            tasks,
            new FileOpener.Actions(
                sessions::open, runs::openFile, editors::open, library::openRun, models::open));
    tour = new TourViewModel(new ShellTour(shell, workbench, showcase).steps());
    OverlayPane overlay = new OverlayPane();
    ArmPropertiesViewModel properties = new ArmPropertiesViewModel(workbench);
    LibraryView libraryView = new LibraryView(library, dialogs);
    ShellCommands commands = new ShellCommands(shell, models, workbench, inspector);
    SessionCommands sessionCommands = new SessionCommands(sessions, workbench, samples, dialogs);
    RunPageCommands pageCommands = new RunPageCommands(runs, shell.welcomeProperty());
    commands.addFiles(registry, picker, showcase);
    sessionCommands.addFiles(registry);
    pageCommands.addFiles(registry);
    commands.addExports(registry, figures, diagnostics);
    commands.addFigures(
        registry, () -> editors.choose(picker), editors::reopen, editors.commands());
    commands.addQuit(registry, stage::close);
    sessionCommands.addEdits(registry, runs.experiment(), shell.experimentShownProperty());
    commands.addEdits(registry, figures);
    commands.addRuns(registry, runs.experiment().job()::cancel);
    pageCommands.addRuns(registry);
    new ViewCommands(shell).add(registry, viewActions(libraryView));
    commands.addWalks(registry);
    new HelpCommands(overlay, registry).add(shell, tour);
    Subscription system = Platform.getPreferences().colorSchemeProperty().subscribe(this::follow);
    following = Subscription.combine(system, WindowPlacement.followScreens());
    view =
        new ShellView(
            shell,
            registry,
            workbench,
            this::open,
            new ShellView.Parts(
                libraryView,
                new BottomView(jobs, log),
                new WorkbenchView(
                    workbench,
                    diagnostics,
                    arm ->
                        new ChunksViewModel(
                            arm, workbench, underWay, new EngineContextTileLoader()),
                    figures),
                new MaskView(mask, figures),
                new TokenView(token, figures),
                new ArmPropertiesView(properties),
                new PresetMenu(properties),
                new InspectorView(inspector, models, figures),
                welcome(),
                overlay,
                new TourView(tour),
                runs),
            settings.layout(),
            layoutMemory::changed);
    view.addBar(new SessionBar(sessions));
    prepare();
  }

  private WelcomeView welcome() {
    return new WelcomeView(
        models,
        registry,
        WorkedExample.ALL.stream().filter(showcase::available).toList(),
        shell.completeProperty(),
        new WelcomeView.Actions() {
          @Override
          public void start(WorkedExample example) {
            shell.pageProperty().set(0);
            showcase.start(example);
          }

          @Override
          public void leave() {
            shell.welcomeProperty().set(false);
          }
        });
  }

  private void prepare() {
    Rectangle2D screen = Screen.getPrimary().getVisualBounds();
    boolean roomy = screen.getWidth() >= LARGE_WIDTH && screen.getHeight() > LARGE_HEIGHT;
    Scene scene = new Scene(view, roomy ? LARGE_WIDTH : WIDTH, roomy ? LARGE_HEIGHT : HEIGHT);
    stage.setScene(scene);
    stage.setMinWidth(900);
    stage.setMinHeight(560);
    WindowPlacement.restore(stage, settings.layout());
    WindowPlacement.follow(stage, layoutMemory::changed);
    stage
        .titleProperty()
        .bind(
            Bindings.when(sessions.nameBinding().isEmpty())
                .then(shell.titleProperty())
                .otherwise(Bindings.concat(sessions.nameBinding(), " – ", shell.titleProperty())));
    // Before the windows of its parts close with it.
    stage.addEventFilter(WindowEvent.WINDOW_HIDING, e -> layoutMemory.close());
    stage.setOnHiding(e -> DetachedWindow.leaveFullScreen(stage));
    stage.setOnHidden(e -> close());
  }

  private ViewCommands.Actions viewActions(LibraryView libraryView) {
    return new ViewCommands.Actions() {
      @Override
      public void detachPage() {
        view.detachPage();
      }

      @Override
      public void detach(ShellPanel panel) {
        view.detach(panel);
      }

      @Override
      public void fullScreen() {
        stage.setFullScreen(!stage.isFullScreen());
      }

      @Override
      public void search() {
        libraryView.focusSearch();
      }
    };
  }

  private void follow(ColorScheme scheme) {
    shell.systemThemeProperty().set(scheme == ColorScheme.DARK ? Theme.DARK : Theme.LIGHT);
  }

  private WindowLayout layout() {
    return view.layoutOf(WindowPlacement.placed(stage, settings.layout()));
  }

  /** Shows the window and opens files. */
  void show(List<Path> open) {
    stage.show();
    view.settleDividers();
    view.setWindows(settings.layout().windows());
    stage.requestFocus();
    view.focusFirst();
    open(open);
  }

  /** Opens models, texts, runs, experiments, figures and sessions. */
  void open(List<Path> paths) {
    opener.open(paths);
  }

  /**
   * Saves the window by itself from now on, and offers what crashed windows left.
   *
   * @param state the user's state folder
   * @param nothingLeft called if there is nothing to offer
   */
  void startAutosave(Path state, Runnable nothingLeft) {
    sessions.startAutosave(state, nothingLeft);
  }

  /** Is to be called, on any thread, when the window is closed and all is kept. */
  void onEnded(Runnable listener) {
    ended = listener;
  }

  SessionsViewModel sessions() {
    return sessions;
  }

  CommandRegistry commands() {
    return registry;
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

  Jobs jobs() {
    return jobs;
  }

  EventLog log() {
    return log;
  }

  LibraryViewModel library() {
    return library;
  }

  TourViewModel tour() {
    return tour;
  }

  RunPages runs() {
    return runs;
  }

  void reopenFigure() {
    editors.reopen();
  }

  private void close() {
    Runnable last = sessions.ending();
    try {
      following.unsubscribe();
      tour.end(); // its timer is the toolkit's, and would go on
      runs.close();
      editors.closeAll();
      workbench.close();
      tasks.close();
    } finally {
      // A thread that the process waits for: a large session takes a while.
      Thread.ofPlatform().name("lambdascope-last-autosave").start(() -> end(last, ended));
    }
  }

  private static void end(Runnable last, Runnable then) {
    try {
      last.run();
    } finally {
      then.run();
    }
  }
}
