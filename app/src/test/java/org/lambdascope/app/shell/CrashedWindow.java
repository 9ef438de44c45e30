package org.lambdascope.app.shell;

import java.nio.file.Path;
import java.util.List;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.lambdascope.app.common.FixedFiles;
import org.lambdascope.app.figure.LogitsView;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.settings.MemorySettings;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.kernels.CacheType;

/** A program of its own: a window in the middle of a run, to be killed. */
public final class CrashedWindow {

  /** More tokens than are read before the end comes. */
  static final int LENGTH = 20_000;

  private CrashedWindow() {}

  /**
   * Runs an arm that soon ends and one that does not.
   *
   * @param args state folder, model, text
   */
  public static void main(String[] args) {
    Platform.startup(
        () -> {
          WorkbenchWindow window =
              new WorkbenchWindow(
                  new Stage(),
                  new MemorySettings(),
                  s -> new FixedFiles(),
                  Samples.none(),
                  Path.of(args[0]).resolve("runs.duckdb"));
          window.show(List.of());
          window.startAutosave(Path.of(args[0]), () -> {});
          window
              .models()
              .sourceProperty()
              .subscribe(
                  source -> {
                    if (source.complete()) {
                      Platform.runLater(() -> run(window));
                    }
                  });
          window.models().open(List.of(Path.of(args[1]), Path.of(args[2])));
        });
  }

  private static void run(WorkbenchWindow window) {
    if (window.workbench().arms().size() != 3) {
      window.workbench().setArms(List.of(ArmKind.WINDOW, ArmKind.VANILLA, ArmKind.CEILING));
      window.workbench().setParameter(window.workbench().arms().getFirst(), "local", 8);
      window.workbench().lengthProperty().set(LENGTH);
      window.workbench().newTokensProperty().set(5);
      window.workbench().cacheTypeProperty().set(CacheType.BF16);
      window.workbench().positionProperty().set(123);
      window.workbench().selectedArmProperty().set(window.workbench().arms().get(1));
      window.workbench().comparison().pinnedProperty().set(window.workbench().arms().get(2));
      window.workbench().charts().layerProperty().set(1);
      window.workbench().charts().statisticProperty().set(LogitsView.Statistic.MAX);
      window.shell().pageProperty().set(1);
      window.workbench().run();
    }
  }
}
