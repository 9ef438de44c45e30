package org.lambdascope.app.shell;

import static org.lambdascope.app.shell.Pictures.await;
import static org.lambdascope.app.shell.Pictures.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import javafx.scene.control.ScrollPane;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.command.Command;
import org.lambdascope.app.common.FixedFiles;
import org.lambdascope.app.common.PositionSet;
import org.lambdascope.app.common.TokenShading;
import org.lambdascope.app.mask.MaskSpan;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.engine.experiment.ArmKind;
import org.testfx.util.WaitForAsyncUtils;

/** Pictures of the pages of a run: arms, masks, one token; and of sessions that were left. */
@EnabledIfSystemProperty(named = "screenshots", matches = ".+")
class WindowScreenshots {

  private final FixedFiles files = new FixedFiles();
  private Pictures pictures;
  private WorkbenchWindow window;

  @BeforeEach
  void start() throws TimeoutException {
    pictures = Pictures.start(Path.of("target", "no-runs.duckdb"), files);
    window = pictures.window();
  }

  @AfterEach
  void close() throws TimeoutException {
    run(() -> pictures.stage().close());
  }

  /** Everything about one token. */
  @Test
  void takeToken() throws Exception {
    pictures.open("lambda-llama");
    run(() -> window.workbench().addArm(ArmKind.STREAMING_LLM));
    pictures.runArms();
    run(() -> window.shell().pageProperty().set(2));
    pictures.take("token-empty");
    run(() -> window.workbench().positionProperty().set(1500));
    await(() -> !window.token().readings().isEmpty());
    await(() -> window.token().stateProperty().get().isEmpty());
    run(() -> window.token().brush(IntStream.range(1490, 1500)));
    pictures.take("token");
    ScrollPane page = (ScrollPane) pictures.stage().getScene().lookup(".token-page");
    run(() -> page.setVvalue(0.5));
    pictures.take("token-heads");
    run(() -> page.setVvalue(1));
    pictures.take("token-states");
    run(
        () -> {
          window.shell().pageProperty().set(0);
          window.workbench().positionProperty().set(2070);
          window.workbench().comparison().shadingProperty().set(TokenShading.DIFFERENCE);
        });
    await(() -> window.workbench().arms().getLast().equivalenceProperty().get() != null);
    pictures.take("difference");
    for (TokenShading shading : List.of(TokenShading.ATTENTION, TokenShading.ENTROPY)) {
      run(
          () -> {
            window.workbench().positionProperty().set(1500);
            window.workbench().comparison().shadingProperty().set(shading);
            window
                .workbench()
                .comparison()
                .brushedProperty()
                .set(PositionSet.of(IntStream.range(1300, 1400)));
          });
      await(() -> !window.workbench().comparison().noteProperty().get().contains("reading"));
      pictures.take(shading.name().toLowerCase(Locale.ROOT));
    }
    run(
        () ->
            window
                .workbench()
                .setArms(
                    List.of(
                        ArmKind.VANILLA,
                        ArmKind.WINDOW,
                        ArmKind.LM_INFINITE,
                        ArmKind.STREAMING_LLM,
                        ArmKind.CEILING,
                        ArmKind.YARN)));
    pictures.runArms();
    pictures.take("six-arms");
  }

  /** The mask of each kind of arm, whole and from near. */
  @Test
  void takeMasks() throws Exception {
    pictures.open("lambda-llama");
    run(
        () -> {
          window
              .workbench()
              .setArms(
                  List.of(
                      ArmKind.STREAMING_LLM,
                      ArmKind.INFLLM,
                      ArmKind.SELF_EXTEND,
                      ArmKind.REPLUG,
                      ArmKind.VANILLA,
                      ArmKind.LM_INFINITE));
          window.workbench().lengthProperty().set(4096);
          window.workbench().positionProperty().set(3000);
          window.shell().pageProperty().set(1);
          window.mask().look(2500, 700);
        });
    for (ArmViewModel arm : window.workbench().arms()) {
      run(() -> window.workbench().selectedArmProperty().set(arm));
      pictures.take("mask-" + arm.arm().kind().id());
    }
    run(() -> window.mask().show(new MaskSpan(505, 545, 0, 40)));
    run(() -> window.mask().look(520, 8));
    pictures.take("mask-near");
    for (String panel : List.of("view.detach-token", "view.detach-bottom")) {
      run(
          () ->
              window.commands().list("view.detach").commands().stream()
                  .filter(c -> c.id().equals(panel))
                  .forEach(Command::run));
    }
    pictures.take("panels-detached");
    for (Window panel : List.copyOf(Window.getWindows())) {
      if (panel != pictures.stage() && panel instanceof Stage own) {
        pictures.take(own.getTitle().startsWith("Jobs") ? "panel-jobs" : "panel-token", own);
      }
    }
  }

  /** Context in chunks, and what it is worth. */
  @Test
  void takeCepe() throws Exception {
    pictures.open("lambda-cepe");
    run(
        () -> {
          window.workbench().setArms(List.of(ArmKind.VANILLA, ArmKind.CEPE, ArmKind.REPLUG));
          window.workbench().lengthProperty().set(4096);
          window.workbench().newTokensProperty().set(32);
        });
    pictures.runArms();
    run(() -> window.workbench().positionProperty().set(3000));
    pictures.take("replug");
    run(() -> window.workbench().removeArm(window.workbench().arms().get(2)));
    pictures.take("cepe");
    run(() -> ((ScrollPane) pictures.stage().getScene().lookup(".workbench")).setVvalue(1));
    pictures.take("cepe-charts");
    run(() -> window.shell().pageProperty().set(1));
    run(() -> window.mask().look(3500, 1000));
    pictures.take("cepe-mask");
  }

  /** What a crashed window left, and a session whose model is missing. */
  @Test
  void takeSessions(@TempDir Path folder) throws Exception {
    HomeFolder home = new HomeFolder(folder);
    try {
      takeSessionsIn(folder);
    } finally {
      home.close();
    }
  }

  private void takeSessionsIn(Path folder) throws Exception {
    Path model = TinyModel.in(folder);
    Path text = TinyModel.text(folder, 1500);
    run(() -> window.open(List.of(model, text)));
    await(() -> window.models().source().complete());
    pictures.runArms();
    Path autosaves = Files.createDirectories(folder.resolve("state/autosave"));
    files.output = Optional.of(autosaves);
    run(() -> window.sessions().saveAs());
    await(() -> window.sessions().fileProperty().get() != null);
    run(() -> window.startAutosave(folder.resolve("state"), () -> {}));
    await(() -> window.sessions().noticeProperty().get() != null);
    WaitForAsyncUtils.sleep(6, TimeUnit.SECONDS); // the notice of saving goes away
    pictures.take("session-left");
    Files.move(model, folder.resolve("elsewhere"));
    run(() -> window.open(List.of(autosaves.resolve("session.lambdascope"))));
    await(() -> window.sessions().incompleteProperty().get());
    WaitForAsyncUtils.sleep(1, TimeUnit.SECONDS);
    pictures.take("session-missing");
  }
}
