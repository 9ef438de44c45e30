package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.common.FigureView;
import org.lambdascope.app.common.SliderField;
import org.lambdascope.app.workbench.ArmState;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.testfx.util.WaitForAsyncUtils;

/** Two to six columns, and the settings of the selected one. */
class ColumnsWindowTest extends WindowFixture {

  @BeforeEach
  void openTiny() throws Exception {
    open(300);
  }

  @Test
  void sixColumnsStandSideBySideAndNoneIsSquashed() throws Exception {
    robot.interact(
        () ->
            workbench()
                .setArms(
                    List.of(
                        ArmKind.VANILLA,
                        ArmKind.WINDOW,
                        ArmKind.LM_INFINITE,
                        ArmKind.STREAMING_LLM,
                        ArmKind.CEILING,
                        ArmKind.YARN)));
    run();
    robot.interact(() -> stage.getScene().getRoot().layout());
    WaitForAsyncUtils.waitForFxEvents();
    List<Bounds> columns = new ArrayList<>();
    for (Node header : robot.lookup(".arm-header").queryAll()) {
      columns.add(header.localToScene(header.getBoundsInLocal()));
    }
    columns.sort(Comparator.comparingDouble(Bounds::getMinX));
    assertThat(columns).hasSize(6);
    for (int c = 0; c < 6; c++) {
      assertThat(columns.get(c).getWidth()).isGreaterThanOrEqualTo(180);
      assertThat(columns.get(c).getMinX())
          .as(columns.toString())
          .isGreaterThanOrEqualTo(c == 0 ? 0 : columns.get(c - 1).getMaxX());
    }
  }

  private Arm settings() {
    return selected().arm();
  }

  private MenuItem preset(String begins) {
    MenuButton menu = robot.lookup("#presets").query();
    return menu.getItems().stream()
        .filter(i -> i.getText() != null && i.getText().startsWith(begins))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aPresetIsAppliedRunAndTakenBack() throws Exception {
    run();
    Arm before = settings();
    assertThat(before.kind()).isEqualTo(ArmKind.LM_INFINITE);
    robot.interact(() -> preset("n_global 0").fire());
    assertThat(settings().get("global")).isZero();
    await(() -> selected().state() == ArmState.DONE);
    assertThat(shown(selected()).arm().get("global")).isZero();
    robot.interact(() -> window.sessions().undo().undo());
    assertThat(settings()).isEqualTo(before);
    robot.interact(
        () -> {
          workbench().setParameter(selected(), "local", 9);
          workbench().setParameter(selected(), "k", 3);
          preset("Reset to the defaults").fire();
        });
    assertThat(settings()).isEqualTo(before);
  }

  @Test
  void fieldsStayWhenAnArmOfTheSameKindIsSelected() {
    ArmViewModel first = selected();
    SliderField field = robot.lookup("#parameter-local").queryAs(SliderField.class);
    robot.interact(
        () -> {
          workbench().duplicateArm(first);
          workbench().setParameter(first, "local", 9);
          workbench().selectedArmProperty().set(first);
        });
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(field.valueProperty().get()).isEqualTo(9);
    ArmViewModel second =
        workbench().arms().stream()
            .filter(a -> a != first && a.arm().kind() == first.arm().kind())
            .findFirst()
            .orElseThrow();
    robot.interact(() -> workbench().selectedArmProperty().set(second));
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(robot.lookup("#parameter-local").<Node>query()).isSameAs(field);
    assertThat(field.valueProperty().get()).isEqualTo(second.arm().get("local")).isNotEqualTo(9);
    robot.interact(() -> field.valueProperty().set(11));
    assertThat(second.arm().get("local")).isEqualTo(11);
    assertThat(first.arm().get("local")).isEqualTo(9);
    robot.clickOn(robot.from(field).lookup(".reset-button").<Node>query());
    assertThat(second.arm().get("local"))
        .isEqualTo(Arm.withDefaults(second.arm().kind(), pretrain()).get("local"));
    assertThat(first.arm().get("local")).isEqualTo(9);
  }

  private int pretrain() {
    return window.models().pretrainLengthProperty().get();
  }

  /** As when one that fits the memory is taken in place of one that does not. */
  @Test
  void anotherKindOfArmInPlaceOfOneHasItsOwnColumnAndSettings() throws Exception {
    run();
    ArmViewModel arm = selected();
    TextField chosen =
        robot.from(robot.lookup("#parameter-local").<Node>query()).lookup(".text-field").query();
    robot.interact(chosen::requestFocus);
    robot.interact(
        () -> workbench().setArm(arm, Arm.withDefaults(ArmKind.STREAMING_LLM, pretrain())));
    await(() -> arm.state() == ArmState.DONE && !arm.stale());
    assertThat(robot.lookup(".workbench .figure-view").queryAllAs(FigureView.class))
        .extracting(FigureView::name)
        .contains("entropy-vanilla", "entropy-streaming-llm")
        .doesNotContain("entropy-lm-infinite");
    assertThat(robot.lookup("#parameter-local").tryQuery()).isEmpty();
    SliderField sinks = robot.lookup("#parameter-sink").queryAs(SliderField.class);
    robot.interact(() -> sinks.valueProperty().set(7));
    assertThat(settings().get("sink")).isEqualTo(7);
    robot.press(KeyCode.CONTROL).type(KeyCode.DIGIT2).release(KeyCode.CONTROL);
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(robot.lookup(".mask .toggle-button").queryAllAs(ToggleButton.class))
        .extracting(ToggleButton::getText)
        .containsExactly("vanilla", "streaming-llm");
  }

  @Test
  void slidersFollowTheTrainedLength() {
    Slider local = (Slider) robot.lookup("#parameter-local").query().lookup(".slider");
    Slider global = (Slider) robot.lookup("#parameter-global").query().lookup(".slider");
    robot.interact(() -> window.models().pretrainLengthProperty().set(2048));
    assertThat(local.getMax()).isEqualTo(4096);
    assertThat(global.getMax()).isEqualTo(256);
    assertThat(robot.lookup("#parameter-local").query().lookup(".slider")).isSameAs(local);
    assertThat(local.getValue()).isEqualTo(settings().get("local"));
  }

  @Test
  void labelsOfTheFieldsAreExplainedToo() {
    assertThat(robot.from(robot.lookup(".property-sheet")).lookup(".label").queryAllAs(Label.class))
        .filteredOn(label -> label.getLabelFor() instanceof SliderField)
        .isNotEmpty()
        .allMatch(label -> !label.getAccessibleHelp().isEmpty());
  }

  @Test
  void slidersEndWhereTheModelDoes() {
    Node from = robot.lookup("#parameter-from").query();
    assertThat(((Slider) from.lookup(".slider")).getMax()).isEqualTo(model().config().layers());
  }
}
