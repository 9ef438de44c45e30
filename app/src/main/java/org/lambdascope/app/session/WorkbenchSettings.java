package org.lambdascope.app.session;

import java.util.List;
import java.util.Objects;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.app.workbench.ParameterNames;
import org.lambdascope.app.workbench.WorkbenchViewModel;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmParameter;
import org.lambdascope.engine.kernels.CacheType;

/**
 * What decides what is computed, at one moment.
 *
 * @param columns the columns, left to right; they keep their identity and so their results
 * @param arms the settings of each
 */
record WorkbenchSettings(
    List<ArmViewModel> columns,
    List<Arm> arms,
    int length,
    int newTokens,
    CacheType cacheType,
    int pretrainLength) {

  static WorkbenchSettings of(WorkbenchViewModel workbench) {
    return new WorkbenchSettings(
        List.copyOf(workbench.arms()),
        workbench.arms().stream().map(ArmViewModel::arm).toList(),
        workbench.lengthProperty().get(),
        workbench.newTokensProperty().get(),
        workbench.cacheTypeProperty().get(),
        workbench.models().pretrainLengthProperty().get());
  }

  void applyTo(WorkbenchViewModel workbench) {
    workbench.models().pretrainLengthProperty().set(pretrainLength); // defaults follow it
    if (!workbench.arms().equals(columns)) {
      workbench.setColumns(columns);
    }
    for (int i = 0; i < columns.size(); i++) {
      workbench.setArm(columns.get(i), arms.get(i));
    }
    workbench.lengthProperty().set(length);
    workbench.newTokensProperty().set(newTokens);
    workbench.cacheTypeProperty().set(cacheType);
  }

  /** Whether only values differ, which may become one step. */
  boolean sameColumns(WorkbenchSettings other) {
    return columns.equals(other.columns);
  }

  /** The one setting that was changed, for people; what followed from it is not named. */
  String changeFrom(WorkbenchSettings before) {
    if (pretrainLength != before.pretrainLength) {
      return "L_pretrain";
    }
    if (!columns.equals(before.columns)) {
      return columnsFrom(before);
    }
    for (int i = 0; i < arms.size(); i++) {
      Arm arm = arms.get(i);
      Arm old = before.arms.get(i);
      if (!arm.equals(old)) {
        return parameterFrom(arm, old) + " of " + arm.kind().id();
      }
    }
    if (cacheType != before.cacheType) {
      return "type of the cache";
    }
    return length != before.length ? "tokens to read" : "tokens to generate";
  }

  private String columnsFrom(WorkbenchSettings before) {
    List<ArmViewModel> come = columns.stream().filter(c -> !before.columns.contains(c)).toList();
    List<ArmViewModel> gone = before.columns.stream().filter(c -> !columns.contains(c)).toList();
    if (come.size() == 1 && gone.isEmpty()) {
      return "adding " + come.getFirst().arm().kind().id();
    }
    if (gone.size() == 1 && come.isEmpty()) {
      return "removing " + gone.getFirst().arm().kind().id();
    }
    return come.isEmpty() && gone.isEmpty() ? "order of arms" : "choice of arms";
  }

  private static String parameterFrom(Arm arm, Arm old) {
    return arm.kind().parameters().stream()
        .map(ArmParameter::key)
        .filter(key -> !Objects.equals(arm.parameters().get(key), old.parameters().get(key)))
        .findFirst()
        .map(ParameterNames::symbol)
        .orElse("kind");
  }
}
