package org.lambdascope.app.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.app.words.Words;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.ArmParameter;

/** The property panel: {@code L_pretrain} of the model, and every parameter of the selected arm. */
public final class ArmPropertiesViewModel {

  /** The part of the trained length at which sliders of initial tokens end: few are of use. */
  private static final int INITIAL_SHARE = 8;

  /** Where they end at least, if the model was trained on as many. */
  private static final int LEAST_INITIAL = 128;

  private static final int MOST_PASSAGES = 64;
  private static final int MOST_TEMPERATURE = 10;

  /** Where the slider of a number with a fraction, such as a factor, ends. */
  private static final int MOST_UNITS = 64;

  private final WorkbenchViewModel workbench;
  private final ObservableList<ArmParameterItem> items = FXCollections.observableArrayList();
  private Subscription following = Subscription.EMPTY;
  private @Nullable ArmViewModel shownArm;
  private @Nullable ArmKind shownKind;
  private @Nullable SharedModel shownModel;

  /** Follows the workbench's selected arm. */
  public ArmPropertiesViewModel(WorkbenchViewModel workbench) {
    this.workbench = workbench;
    workbench.selectedArmProperty().subscribe(arm -> rebuild());
    workbench.selectedArmProperty().flatMap(ArmViewModel::armProperty).subscribe(arm -> rebuild());
    workbench.models().sourceProperty().subscribe(source -> rebuild());
  }

  /** The numbers, in order; the list changes when the selected arm, its kind or the model does. */
  public ObservableList<ArmParameterItem> items() {
    return items;
  }

  /** Settings that are worth a look for the selected arm, its defaults first; none without one. */
  public List<ArmPreset> presets() {
    ArmViewModel column = workbench.selectedArmProperty().get();
    int pretrain = workbench.models().pretrainLengthProperty().get();
    return column == null || pretrain < 1 || workbench.models().source().model() == null
        ? List.of()
        : ArmPreset.of(column.arm(), pretrain);
  }

  /** Puts a preset in place of the selected arm's settings. */
  public void apply(ArmPreset preset) {
    ArmViewModel column = workbench.selectedArmProperty().get();
    if (column != null && column.arm().kind() == preset.arm().kind()) {
      workbench.setArm(column, preset.arm());
    }
  }

  private void rebuild() {
    ArmViewModel column = workbench.selectedArmProperty().get();
    SharedModel model = workbench.models().source().model();
    ArmKind kind = column == null ? null : column.arm().kind();
    if (column == shownArm && kind == shownKind && model == shownModel) {
      return; // a slider that is being dragged must not be replaced under the hand
    }
    shownArm = column;
    shownKind = kind;
    shownModel = model;
    following.unsubscribe();
    List<Subscription> subscriptions = new ArrayList<>();
    List<ArmParameterItem> built = new ArrayList<>();
    if (model != null) {
      built.add(pretrainLength(model, subscriptions));
    }
    if (column != null && model != null) {
      for (ArmParameter p : column.arm().kind().parameters()) {
        built.add(parameter(column, p, subscriptions));
      }
    }
    following = () -> subscriptions.forEach(Subscription::unsubscribe);
    items.setAll(built);
  }

  private ArmParameterItem pretrainLength(SharedModel model, List<Subscription> subscriptions) {
    IntegerProperty pretrain = workbench.models().pretrainLengthProperty();
    IntegerProperty value = ArmParameterItem.holding(pretrain.get());
    int stated = model.model().config().pretrainLength();
    subscriptions.add(pretrain.subscribe(now -> value.set(now.intValue())));
    subscriptions.add(value.subscribe((before, now) -> pretrain.set(now.intValue())));
    return new ArmParameterItem(
        "pretrain",
        "Model",
        "L_pretrain",
        "The longest distance the model saw in training. The model’s files state %d, which may be wrong; the defaults of all arms follow this number.\n%s"
            .formatted(stated, Words.L_PRETRAIN.source()),
        1,
        end(() -> Math.max(2 * stated, workbench.lengthProperty().get()), subscriptions),
        1,
        value,
        new SimpleBooleanProperty(false),
        () -> value.set(stated));
  }

  private ArmParameterItem parameter(
      ArmViewModel column, ArmParameter p, List<Subscription> subscriptions) {
    String key = p.key();
    IntegerProperty value = ArmParameterItem.holding(said(key, column.arm().get(key)));
    BooleanProperty idle = new SimpleBooleanProperty();
    subscriptions.add(
        column
            .armProperty()
            .subscribe(
                arm -> {
                  if (arm.parameters().containsKey(key)) {
                    value.set(said(key, arm.get(key)));
                    idle.set(idle(arm, key));
                  }
                }));
    subscriptions.add(
        value.subscribe(
            (before, now) -> {
              if (now.intValue() != said(key, column.arm().get(key))) {
                workbench.setParameter(column, key, meant(column.arm(), key, now.intValue()));
              }
              value.set(said(key, column.arm().get(key))); // it may have been kept in range
            }));
    return new ArmParameterItem(
        key,
        column.arm().kind().id(),
        ParameterNames.symbol(key),
        p.summary() + "\n" + Words.parameter(column.arm().kind(), key).definition(),
        p.min(),
        end(() -> sliderMax(column.arm().kind(), p), subscriptions),
        p.unit(),
        value,
        idle,
        () -> value.set(said(key, defaultOf(column.arm(), key))));
  }

  /** What retrieval is like makes no difference where no key is retrieved. */
  private static boolean idle(Arm arm, String key) {
    return arm.kind() == ArmKind.LM_INFINITE
        && arm.get("k") == 0
        && (key.equals("from") || key.equals("to") || key.equals("middle"));
  }

  /** A parameter's value on this model: the end of a range of layers is at most their number. */
  private int said(String key, int value) {
    SharedModel model = workbench.models().source().model();
    return key.equals("to") && model != null
        ? Math.min(value, model.model().config().layers())
        : value;
  }

  /** The value that stands for what is said: all layers is the default, on every model. */
  private int meant(Arm arm, String key, int said) {
    SharedModel model = workbench.models().source().model();
    return key.equals("to") && model != null && said >= model.model().config().layers()
        ? defaultOf(arm, key)
        : said;
  }

  /** Where a slider ends, which follows {@code L_pretrain} and the length of the text. */
  private ReadOnlyIntegerProperty end(IntSupplier now, List<Subscription> subscriptions) {
    IntegerProperty end = ArmParameterItem.holding(now.getAsInt());
    for (IntegerProperty on :
        List.of(workbench.lengthProperty(), workbench.models().pretrainLengthProperty())) {
      subscriptions.add(on.subscribe((before, after) -> end.set(now.getAsInt())));
    }
    return end;
  }

  private int sliderMax(ArmKind kind, ArmParameter p) {
    int pretrain = Math.max(1, workbench.models().pretrainLengthProperty().get());
    SharedModel model = workbench.models().source().model();
    return switch (p.key()) {
      case "global", "sink" ->
          Math.max(
              Arm.withDefaults(kind, pretrain).get(p.key()),
              Math.max(pretrain / INITIAL_SHARE, Math.min(pretrain, LEAST_INITIAL)));
      case "from", "to" -> model == null ? 1 : model.model().config().layers();
      case "passages" -> MOST_PASSAGES;
      case "temperature" -> MOST_TEMPERATURE * p.unit();
      default ->
          p.unit() > 1
              ? MOST_UNITS * p.unit()
              : Math.max(2 * pretrain, workbench.lengthProperty().get());
    };
  }

  private int defaultOf(Arm arm, String key) {
    int pretrain = Math.max(1, workbench.models().pretrainLengthProperty().get());
    return Arm.withDefaults(arm.kind(), pretrain).get(key);
  }
}
