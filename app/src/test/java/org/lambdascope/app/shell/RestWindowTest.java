package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.util.Subscription;
import org.junit.jupiter.api.Test;
import org.lambdascope.engine.experiment.ArmKind;
import org.testfx.util.WaitForAsyncUtils;

/** A window in which nothing happens lays nothing out, so that the processor is the engine's. */
class RestWindowTest extends WindowFixture {

  /**
   * Parts that ask for a layout in a second of rest, each time that one does. Frames are not
   * counted: other windows of the same toolkit have theirs.
   */
  private int layoutsAtRest() throws Exception {
    WaitForAsyncUtils.sleep(1500, TimeUnit.MILLISECONDS); // what is late from before comes first
    AtomicInteger asked = new AtomicInteger();
    List<Subscription> subscriptions = new ArrayList<>();
    robot.interact(() -> listen(stage.getScene().getRoot(), asked, subscriptions));
    WaitForAsyncUtils.sleep(1, TimeUnit.SECONDS);
    robot.interact(() -> subscriptions.forEach(Subscription::unsubscribe));
    return asked.get();
  }

  private static void listen(Parent parent, AtomicInteger asked, List<Subscription> subscriptions) {
    subscriptions.add(
        parent
            .needsLayoutProperty()
            .subscribe((before, now) -> asked.addAndGet(Boolean.TRUE.equals(now) ? 1 : 0)));
    for (Node child : parent.getChildrenUnmodifiable()) {
      if (child instanceof Parent inner) {
        listen(inner, asked, subscriptions);
      }
    }
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
}
