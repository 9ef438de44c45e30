package org.lambdascope.app.workbench;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.Equivalence;
import org.lambdascope.engine.kernels.CacheType;

/**
 * A picture of a workbench at one moment: what decides what is computed, and what came of it. The
 * arrays of results are shared with the workbench, which never modifies what it has shown.
 *
 * @param pretrainLength {@code L_pretrain}; 0 with no model
 * @param length tokens read from the text
 * @param newTokens tokens generated after it
 * @param cacheType how keys and values are stored
 * @param columns the arms, left to right
 * @param selected the selected column, from 0; {@link #NONE} for none
 * @param pinned the column that others are compared with, from 0; {@link #NONE} for none
 * @param position the selected position; {@link WorkbenchViewModel#NONE} for none
 */
public record WorkbenchContent(
    int pretrainLength,
    int length,
    int newTokens,
    CacheType cacheType,
    List<Column> columns,
    int selected,
    int pinned,
    int position) {

  /** Stands for no column. */
  public static final int NONE = -1;

  public WorkbenchContent {
    columns = List.copyOf(columns);
  }

  /**
   * One arm's column.
   *
   * @param arm its settings
   * @param shown its results; null when there are none
   * @param stale whether the results belong to earlier settings
   * @param state where it stands
   * @param equivalence how far it was measured to give vanilla's logits; null while it was not
   */
  public record Column(
      Arm arm,
      @Nullable ArmSnapshot shown,
      boolean stale,
      ArmState state,
      @Nullable Equivalence equivalence) {

    /** The same settings, never run. */
    public Column withoutResults() {
      return new Column(arm, null, false, ArmState.IDLE, null);
    }
  }

  /** The same settings, never run. */
  public WorkbenchContent withoutResults() {
    return new WorkbenchContent(
        pretrainLength,
        length,
        newTokens,
        cacheType,
        columns.stream().map(Column::withoutResults).toList(),
        selected,
        pinned,
        position);
  }

  /** A workbench as it is now. */
  static WorkbenchContent of(WorkbenchViewModel workbench) {
    List<ArmViewModel> arms = workbench.arms();
    return new WorkbenchContent(
        workbench.models().pretrainLengthProperty().get(),
        workbench.lengthProperty().get(),
        workbench.newTokensProperty().get(),
        workbench.cacheTypeProperty().get(),
        arms.stream()
            .map(
                a ->
                    new Column(
                        a.arm(), a.shown(), a.stale(), a.state(), a.equivalenceProperty().get()))
            .toList(),
        arms.indexOf(workbench.selectedArmProperty().get()),
        arms.indexOf(workbench.comparison().pinnedProperty().get()),
        workbench.positionProperty().get());
  }
}
