package org.lambdascope.app.session;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.util.Subscription;
import org.lambdascope.app.workbench.ArmState;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.app.workbench.ChartSelection;
import org.lambdascope.app.workbench.WorkbenchViewModel;

/** Counts changes of what a session holds. */
final class SessionChanges {

  private final WorkbenchViewModel workbench;
  private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
  private int work;
  private final ReadOnlyIntegerWrapper finished = new ReadOnlyIntegerWrapper();
  private Subscription following = Subscription.EMPTY;

  SessionChanges(WorkbenchViewModel workbench, SessionLayout layout) {
    this.workbench = workbench;
    ChartSelection charts = workbench.charts();
    for (ObservableValue<?> value :
        List.of(
            workbench.models().sourceProperty(),
            workbench.models().pretrainLengthProperty(),
            workbench.lengthProperty(),
            workbench.newTokensProperty(),
            workbench.cacheTypeProperty())) {
      value.subscribe((before, now) -> worked());
    }
    for (ObservableValue<?> value :
        List.of(
            layout.pageProperty(),
            workbench.positionProperty(),
            workbench.selectedArmProperty(),
            workbench.comparison().pinnedProperty(),
            workbench.comparison().shadingProperty(),
            charts.layerProperty(),
            charts.headProperty(),
            charts.statisticProperty())) {
      value.subscribe((before, now) -> changed());
    }
    layout.pageValues().forEach(value -> value.subscribe((before, now) -> changed()));
    workbench.arms().addListener((ListChangeListener<ArmViewModel>) c -> follow());
    follow();
  }

  /** Counts all changes. */
  ReadOnlyIntegerProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }

  /** Counts changes of what would be missed: of all but the view. */
  int work() {
    return work;
  }

  /** Counts arms that were run to their end. */
  ReadOnlyIntegerProperty finishedProperty() {
    return finished.getReadOnlyProperty();
  }

  private void follow() {
    following.unsubscribe();
    List<Subscription> all = new ArrayList<>();
    for (ArmViewModel arm : workbench.arms()) {
      all.add(arm.armProperty().subscribe((before, now) -> worked()));
      all.add(arm.shownProperty().subscribe((before, now) -> worked()));
      all.add(arm.equivalenceProperty().subscribe((before, now) -> changed()));
      all.add(arm.stateProperty().subscribe((before, now) -> stateChanged(now)));
    }
    following = () -> all.forEach(Subscription::unsubscribe);
    worked();
  }

  private void worked() {
    work++;
    changed();
  }

  private void stateChanged(ArmState now) {
    changed();
    if (now == ArmState.DONE) {
      finished.set(finished.get() + 1);
    }
  }

  private void changed() {
    revision.set(revision.get() + 1);
  }
}
