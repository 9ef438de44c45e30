package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lambdascope.engine.experiment.ArmKind;
import org.testfx.util.WaitForAsyncUtils;

/** A window in which nothing happens lays nothing out, so that the processor is the engine's. */
class RestWindowTest extends WindowFixture {

  /** Layouts of a while in which nothing happens; what is late from before may still come. */
  private int layoutsAtRest() throws Exception {
    WaitForAsyncUtils.sleep(1500, TimeUnit.MILLISECONDS);
    AtomicInteger layouts = new AtomicInteger();
    Runnable count = layouts::incrementAndGet;
    robot.interact(() -> stage.getScene().addPostLayoutPulseListener(count));
    WaitForAsyncUtils.sleep(1, TimeUnit.SECONDS);
    robot.interact(() -> stage.getScene().removePostLayoutPulseListener(count));
    return layouts.get();
  }

  @Test
  void pagesThatShowResultsRest() throws Exception {
    open(300);
    robot.interact(() -> workbench().setArms(List.of(ArmKind.VANILLA, ArmKind.LM_INFINITE)));
    run();
    for (String page : List.of("view.page-1", "view.page-2", "view.page-3", "view.page-4")) {
      robot.interact(() -> window.commands().get(page).run());
      assertThat(layoutsAtRest()).as(page).isLessThan(10);
    }
  }

  @Test
  void columnsThatScrollSidewaysRest() throws Exception {
    open(300);
    robot.interact(
        () ->
            workbench()
                .setArms(
                    List.of(
                        ArmKind.VANILLA,
                        ArmKind.WINDOW,
                        ArmKind.LM_INFINITE,
                        ArmKind.CEILING,
                        ArmKind.STREAMING_LLM,
                        ArmKind.LAMBDA_MASK)));
    run();
    assertThat(layoutsAtRest()).isLessThan(10);
  }

  @Test
  void numbersOfManyDigitsRest() throws Exception {
    open(300);
    robot.interact(() -> workbench().setArms(List.of(ArmKind.LM_INFINITE)));
    for (int digits = 5; digits <= 9; digits++) {
      int number = 8 * (int) Math.pow(10, digits - 1);
      robot.interact(() -> workbench().setParameter(selected(), "local", number));
      run();
      assertThat(layoutsAtRest()).as("%d", number).isLessThan(10);
    }
  }
}
