package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.workbench.ArmState;

/** The worked examples of the welcome page whose models are not those of the demo. */
class ExamplesWindowTest extends WindowFixture {

  @Override
  Samples samples(Path empty) throws IOException {
    Path bundled = empty.resolveSibling("examples");
    if (!bundled.toFile().exists()) {
      TinyModel.samples(bundled, 300);
      TinyModel.addCepe(bundled);
      TinyModel.addMpt(bundled);
    }
    return Samples.in(bundled);
  }

  @ParameterizedTest
  @CsvSource({
    "encoder, lambda-cepe, 'window, cepe'",
    "alibi, lambda-mpt, 'vanilla, window, lm-infinite'"
  })
  void anExampleRunsItsArmsOnItsModel(String id, String model, String arms) throws Exception {
    robot.clickOn("#example-" + id);
    await(() -> window.models().source().complete());
    await(() -> workbench().arms().stream().allMatch(a -> a.state() == ArmState.DONE));
    assertThat(model().name()).isEqualTo(model);
    assertThat(workbench().arms())
        .extracting(a -> a.arm().kind().id())
        .containsExactly(arms.split(", ", -1));
    assertThat(workbench().arms()).allMatch(a -> a.shown() != null);
    assertThat(window.shell().welcomeShownProperty().get()).isFalse();
  }
}
