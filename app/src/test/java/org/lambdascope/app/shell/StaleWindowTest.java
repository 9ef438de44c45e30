package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.common.FigureView;
import org.lambdascope.app.figure.LineSeries;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.workbench.ArmState;
import org.lambdascope.app.workbench.ArmViewModel;
import org.testfx.util.WaitForAsyncUtils;

/** What is stale looks stale, wherever it is shown, until it is there anew. */
class StaleWindowTest extends WindowFixture {

  private static final int POSITION = 200;

  @BeforeEach
  void openAndRun() throws Exception {
    open(300);
    robot.interact(() -> workbench().newTokensProperty().set(3));
    run();
    robot.interact(() -> workbench().positionProperty().set(POSITION));
  }

  private void page(KeyCode digit) {
    robot.press(KeyCode.CONTROL).type(digit).release(KeyCode.CONTROL);
    WaitForAsyncUtils.waitForFxEvents();
  }

  /** Other settings, and a run of them that is stopped before it has begun. */
  private void makeStale() {
    robot.interact(
        () -> {
          workbench().newTokensProperty().set(4);
          workbench().cancel();
        });
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(workbench().arms())
        .allMatch(arm -> arm.stale() && arm.state() == ArmState.CANCELLED);
  }

  private boolean marked(String in, long marks) {
    return robot.lookup(in + " .stale-mark").queryAll().stream().filter(Node::isVisible).count()
        == marks;
  }

  private Set<String> texts(String selector) {
    return robot.lookup(selector).queryAllAs(Label.class).stream()
        .filter(Node::isVisible)
        .map(Label::getText)
        .collect(Collectors.toSet());
  }

  private boolean dimmed(String selector) {
    return robot.lookup(selector).queryAll().stream().allMatch(n -> n.getOpacity() < 1);
  }

  private boolean bright(String selector) {
    return robot.lookup(selector).queryAll().stream().allMatch(n -> n.getOpacity() == 1);
  }

  /** The names of the lines of a chart. */
  private List<String> lines(String chart) {
    Panel panel = robot.lookup(chart).queryAs(FigureView.class).panel();
    return panel == null
        ? List.of()
        : panel.series().stream().map(line -> ((LineSeries) line).group()).toList();
  }

  private boolean linesStale(String chart, boolean stale) {
    List<String> lines = lines(chart);
    return lines.size() == 2 && lines.stream().allMatch(l -> l.endsWith(" (stale)") == stale);
  }

  @Test
  void columnsAndTheirCharts() throws Exception {
    await(() -> marked(".workbench", 0) && linesStale("#nll-curve", false));
    assertThat(bright(".workbench .token-canvas")).isTrue();
    makeStale();
    await(() -> marked(".workbench", 6) && linesStale("#nll-curve", true));
    assertThat(dimmed(".workbench .token-canvas")).isTrue();
    assertThat(texts(".arm-header .state-cancelled")).containsExactly("cancelled, stale");
    run();
    await(() -> marked(".workbench", 0) && linesStale("#nll-curve", false));
    assertThat(bright(".workbench .token-canvas")).isTrue();
  }

  @Test
  void thePageOfTheToken() throws Exception {
    page(KeyCode.DIGIT3);
    await(() -> window.token().readings().size() == 2);
    await(() -> window.token().stateProperty().get().isEmpty());
    List<String> parts =
        List.of(
            ".candidates", "#states-0", "#states-1", "#logit-lens", "#head-grid", "#neighbours");
    assertThat(parts).allMatch(this::bright);
    assertThat(marked(".token-page", 0)).isTrue();
    makeStale();
    await(() -> marked(".token-page", 3));
    assertThat(parts).allMatch(this::dimmed);
    assertThat(dimmed(".token-page .token-canvas")).isTrue();
    assertThat(texts(".token-page .arm-name-small"))
        .containsExactlyInAnyOrder("vanilla (stale)", "lm-infinite (stale)");
    assertThat(robot.lookup("#candidates-0").query().getAccessibleText()).endsWith("(stale)");
    run();
    await(() -> marked(".token-page", 0) && parts.stream().allMatch(this::bright));
  }

  @Test
  void theRowOfAttentionInBothPlaces() throws Exception {
    await(() -> linesStale("#attention-row", false));
    makeStale();
    await(() -> linesStale("#attention-row", true));
    assertThat(texts("#side-token .card .label")).anyMatch(text -> text.contains(" · stale"));
    assertThat(dimmed("#side-token .card")).isTrue();
    page(KeyCode.DIGIT3);
    FigureView chart =
        robot.lookup(".token-page .figure-view").queryAllAs(FigureView.class).stream()
            .filter(f -> f.name().equals("attention-row-page"))
            .findFirst()
            .orElseThrow();
    assertThat(Objects.requireNonNull(chart.panel()))
        .isEqualTo(robot.lookup("#attention-row").queryAs(FigureView.class).panel());
    run();
    await(() -> linesStale("#attention-row", false));
  }

  @Test
  void theFactsBesideTheMask() throws Exception {
    page(KeyCode.DIGIT2);
    ArmViewModel arm = selected();
    assertThat(label("mask-facts")).startsWith("mean NLL ").doesNotContain("stale");
    makeStale();
    assertThat(label("mask-facts")).startsWith("mean NLL ").contains(" (stale)");
    robot.interact(() -> workbench().selectedArmProperty().set(workbench().arms().getFirst()));
    assertThat(label("mask-facts")).contains(" (stale)");
    robot.interact(() -> workbench().selectedArmProperty().set(arm));
    run();
    assertThat(label("mask-facts")).startsWith("mean NLL ").doesNotContain("stale");
  }
}
