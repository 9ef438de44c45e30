package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import javafx.scene.control.Button;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.workbench.ArmState;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.kernels.CacheType;

/** A run that does not fit the memory says so, and offers what would fit. */
class ForecastWindowTest extends WindowFixture {

  private static final int TOKENS = 400;

  private long free = Long.MAX_VALUE / 2;

  @Override
  long freeBytes() {
    return free;
  }

  /** Two arms on a text whose cache is a little larger than what is free. */
  @BeforeEach
  void openMoreThanFits() throws Exception {
    open(TOKENS);
    robot.interact(
        () -> {
          workbench().setArms(List.of(ArmKind.VANILLA));
          workbench().lengthProperty().set(TOKENS);
          workbench().newTokensProperty().set(0);
        });
    free = workbench().forecastProperty().get().bytes() - 1;
  }

  private List<Button> offers() {
    return robot.lookup(".dialog-pane .button").queryAllAs(Button.class).stream().toList();
  }

  private Button offer(String begins) {
    return offers().stream()
        .filter(b -> Objects.requireNonNullElse(b.getText(), "").startsWith(begins))
        .findFirst()
        .orElseThrow(() -> new AssertionError(begins + " is not among " + offers()));
  }

  private void askToRun() throws Exception {
    robot.interact(() -> window.commands().get("run.all").run());
    await(() -> window.log().text().contains("Not enough memory"));
  }

  @Test
  void aRunThatFitsOffersNothing() throws Exception {
    free++;
    run();
    assertThat(window.log().text()).doesNotContain("Not enough memory");
  }

  @Test
  void whatWouldFitIsOfferedAndRunsWhenItIsTaken() throws Exception {
    askToRun();
    ArmViewModel arm = workbench().arms().getFirst();
    assertThat(arm.state()).isEqualTo(ArmState.IDLE);
    Button fewer = offer("Read ");
    offer("Store keys and values as ");
    robot.clickOn(fewer);
    await(() -> arm.state() == ArmState.DONE);
    assertThat(workbench().lengthProperty().get()).isBetween(2, TOKENS - 1);
    assertThat(fewer.getText())
        .isEqualTo("Read %d tokens".formatted(workbench().lengthProperty().get()));
    assertThat(shown(arm).tokens()).hasSize(workbench().lengthProperty().get());
  }

  @Test
  void aNarrowerCacheIsAnOfferToo() throws Exception {
    askToRun();
    robot.clickOn(offer("Store keys and values as BF16"));
    ArmViewModel arm = workbench().arms().getFirst();
    await(() -> arm.state() == ArmState.DONE);
    assertThat(workbench().cacheTypeProperty().get()).isEqualTo(CacheType.BF16);
    assertThat(shown(arm).tokens()).hasSize(TOKENS);
  }
}
