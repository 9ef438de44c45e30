package org.lambdascope.app.shell;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javafx.beans.value.ObservableBooleanValue;
import org.lambdascope.app.common.FigureActions;
import org.lambdascope.app.common.FilePicker;
import org.lambdascope.app.editor.FigureWindows;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.app.workbench.DiagnosticsViewModel;
import org.lambdascope.app.workbench.WorkbenchViewModel;
import org.lambdascope.engine.experiment.ArmKind;

/** What menus, toolbar and shortcuts do. */
record Commands(
    ShellViewModel shell,
    ModelsViewModel models,
    WorkbenchViewModel workbench,
    DiagnosticsViewModel diagnostics,
    FilePicker files,
    FigureActions figures,
    Showcase showcase,
    FigureWindows editors) {

  void openModelFolder() {
    files.modelFolder().ifPresent(models::openModel);
  }

  void openModelFile() {
    files.modelFile().ifPresent(models::openModel);
  }

  void openText() {
    files.text().ifPresent(models::openText);
  }

  void run() {
    workbench.run();
  }

  void cancel() {
    workbench.cancel();
  }

  void addArm(ArmKind kind) {
    workbench.addArm(kind);
  }

  void removeArm() {
    ArmViewModel arm = workbench.selectedArmProperty().get();
    if (arm != null) {
      workbench.removeArm(arm);
    }
  }

  void exportAll() {
    figures.exportAll(diagnostics.figures());
  }

  void openFigure() {
    editors.choose(files);
  }

  void toggleTheme() {
    shell.toggleTheme();
  }

  void walk(int by) {
    workbench.walk(by);
  }

  ObservableBooleanValue incomplete() {
    return shell.completeProperty().not();
  }

  ObservableBooleanValue idle() {
    return shell.busyProperty().not();
  }

  /** Kinds of arms in the order of the design, each with what it does. */
  static List<Map.Entry<ArmKind, String>> kinds() {
    return Arrays.stream(ArmKind.values())
        .map(k -> Map.entry(k, k.id() + " — " + k.summary()))
        .toList();
  }
}
