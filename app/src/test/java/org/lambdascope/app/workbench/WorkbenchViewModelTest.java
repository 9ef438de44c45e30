package org.lambdascope.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.common.FreeMemory;
import org.lambdascope.app.common.ManualTaskRunner;
import org.lambdascope.app.common.RecordingDialogs;
import org.lambdascope.app.jobs.ArmJobs;
import org.lambdascope.app.jobs.EventLog;
import org.lambdascope.app.jobs.Job;
import org.lambdascope.app.jobs.Jobs;
import org.lambdascope.app.models.FakeModels;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.settings.MemorySettings;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.kernels.CacheType;

class WorkbenchViewModelTest {

  @TempDir Path folder;

  private final ManualTaskRunner tasks = new ManualTaskRunner();
  private final RecordingDialogs dialogs = new RecordingDialogs();
  private final FakeArmRunner runner = new FakeArmRunner();
  private final ModelsViewModel models =
      new ModelsViewModel(
          tasks,
          dialogs,
          new MemorySettings(),
          path -> FakeModels.model(path, 8, new FakeModels.Weights()));

  /** What runs have left. */
  private long garbage;

  /** What the run that is under way holds. */
  private long held;

  private int collections;
  private final FreeMemory memory =
      new FreeMemory() {
        @Override
        public long bytes() {
          return 1_000_000 - garbage - held;
        }

        @Override
        public void collect() {
          garbage = 0;
          collections++;
        }
      };
  private final WorkbenchViewModel workbench =
      new WorkbenchViewModel(
          models, tasks, runner, dialogs, () -> tasks.millis() * 1_000_000, memory);

  @BeforeEach
  void open() throws IOException {
    models.openModel(folder.resolve("model"));
    tasks.workAll();
    models.openText(Files.writeString(folder.resolve("text.txt"), "x".repeat(5000)));
    tasks.workAll();
  }

  private ArmViewModel lmInfinite() {
    return workbench.arms().get(1);
  }

  private static ArmSnapshot diagnosed(ArmViewModel arm) {
    return Objects.requireNonNull(arm.diagnosed());
  }

  private static ArmSnapshot shown(ArmViewModel arm) {
    return Objects.requireNonNull(arm.shown());
  }

  @Test
  void startsWithVanillaAndLmInfiniteAtTheModelsDefaults() {
    assertThat(workbench.arms())
        .extracting(a -> a.arm().toString())
        .containsExactly("vanilla", "lm-infinite:global=10,local=8,ceiling=8");
    assertThat(workbench.lengthProperty().get()).isEqualTo(1024);
    assertThat(workbench.tokens()).hasSize(1024);
    runner.bytes = 77;
    workbench.lengthProperty().set(1000);
    assertThat(workbench.forecastProperty().get().bytes()).isEqualTo(77);
    assertThat(lmInfinite().state()).isEqualTo(ArmState.IDLE);
  }

  @Test
  void runsOneArmAfterAnother() {
    workbench.run();
    assertThat(tasks.waitingWorks()).isEqualTo(1);
    assertThat(workbench.arms().get(0).state()).isEqualTo(ArmState.RUNNING);
    assertThat(lmInfinite().state()).isEqualTo(ArmState.WAITING);
    assertThat(Objects.requireNonNull(workbench.statusProperty().get()).waiting()).isEqualTo(1);
    tasks.workAll();
    assertThat(runner.runs).containsExactly("vanilla", "lm-infinite:global=10,local=8,ceiling=8");
    assertThat(lmInfinite().state()).isEqualTo(ArmState.DONE);
    assertThat(shown(lmInfinite()).meanNll()).isEqualTo(10);
    assertThat(lmInfinite().tokensPerSecond()).isEqualTo(1023 / 2.0);
    assertThat(workbench.statusProperty().get()).isNull();
  }

  @Test
  void changingAValueRunsThatArmAloneOnceItRests() {
    workbench.run();
    tasks.workAll();
    runner.runs.clear();
    for (int global = 11; global <= 20; global++) {
      workbench.setParameter(lmInfinite(), "global", global);
      tasks.pass(200);
    }
    assertThat(tasks.waitingWorks()).isZero();
    assertThat(lmInfinite().stale()).isTrue();
    assertThat(shown(lmInfinite()).meanNll()).isEqualTo(10);
    tasks.pass(50);
    assertThat(tasks.waitingWorks()).isEqualTo(1);
    tasks.workAll();
    assertThat(runner.runs).containsExactly("lm-infinite:global=20,local=8,ceiling=8");
    assertThat(lmInfinite().stale()).isFalse();
    assertThat(shown(lmInfinite()).meanNll()).isEqualTo(20);
    assertThat(workbench.arms().get(0).stale()).isFalse();
  }

  @Test
  void aValueThatChangesMidRunCancelsItAndItsResultsNeverShow() {
    workbench.run();
    tasks.workAll();
    AtomicInteger changes = new AtomicInteger();
    runner.meanwhile =
        request -> {
          if (changes.getAndIncrement() == 0) {
            workbench.setParameter(lmInfinite(), "global", 30);
          }
        };
    workbench.setParameter(lmInfinite(), "global", 20);
    tasks.pass(250);
    tasks.work();
    // What had come of 20 is stale now, and so are the diagnostics of 10.
    assertThat(lmInfinite().stale()).isTrue();
    assertThat(shown(lmInfinite()).arm().get("global")).isEqualTo(20);
    assertThat(shown(lmInfinite()).score()).isNull();
    assertThat(diagnosed(lmInfinite()).arm().get("global")).isEqualTo(10);
    assertThat(lmInfinite().diagnosticsStale()).isTrue();
    assertThat(lmInfinite().state()).isEqualTo(ArmState.WAITING);
    tasks.pass(249);
    assertThat(tasks.waitingWorks()).isZero();
    tasks.pass(1);
    tasks.workAll();
    assertThat(shown(lmInfinite()).arm().get("global")).isEqualTo(30);
    assertThat(shown(lmInfinite()).meanNll()).isEqualTo(30);
    assertThat(lmInfinite().stale()).isFalse();
    assertThat(lmInfinite().diagnosticsStale()).isFalse();
  }

  @Test
  void scoresShowAsTheyComeWhileEarlierDiagnosticsStayAsStale() {
    workbench.run();
    tasks.workAll();
    runner.meanwhile =
        request -> {
          assertThat(shown(lmInfinite()).arm().get("global")).isEqualTo(20);
          assertThat(shown(lmInfinite()).scored()).isEqualTo(511);
          assertThat(lmInfinite().stale()).isFalse();
          assertThat(diagnosed(lmInfinite()).arm().get("global")).isEqualTo(10);
          assertThat(lmInfinite().diagnosticsStale()).isTrue();
        };
    workbench.setParameter(lmInfinite(), "global", 20);
    tasks.pass(250);
    tasks.workAll();
    assertThat(lmInfinite().state()).isEqualTo(ArmState.DONE);
    assertThat(diagnosed(lmInfinite())).isSameAs(shown(lmInfinite()));
    assertThat(lmInfinite().diagnosticsStale()).isFalse();
  }

  @Test
  void aShortRunFollowsASettingAtOnce() {
    runner.work = new RunWork(1e9, 0);
    workbench.newTokensProperty().set(0);
    workbench.run();
    tasks.workAll();
    // Both runs took 2 s, so both arms will take 4 s; one alone is short enough to be live.
    RunForecast forecast = workbench.forecastProperty().get();
    assertThat(forecast.seconds()).isEqualTo(4);
    assertThat(forecast.line()).startsWith("about 4.0 s · at most 0 B");
    workbench.setParameter(lmInfinite(), "global", 20);
    assertThat(tasks.waitingWorks()).isEqualTo(1);
    runner.work = new RunWork(2e9, 0);
    tasks.workAll();
    workbench.setParameter(lmInfinite(), "global", 30);
    tasks.workAll();
    runner.work = new RunWork(20e9, 0);
    workbench.setParameter(lmInfinite(), "global", 40);
    assertThat(tasks.waitingWorks()).isZero();
    tasks.pass(250);
    assertThat(tasks.waitingWorks()).isEqualTo(1);
  }

  @Test
  void lateNewsOfAnEarlierSettingIsDropped() {
    runner.meanwhile =
        request -> {
          if (request.arm().kind() == ArmKind.LM_INFINITE && request.arm().get("global") == 10) {
            workbench.setParameter(lmInfinite(), "global", 40);
          }
        };
    workbench.run();
    tasks.work();
    tasks.work();
    tasks.pass(100); // the refresh that the first run asked for
    assertThat(shown(lmInfinite()).scored()).isEqualTo(511);
    assertThat(lmInfinite().stale()).isTrue();
    tasks.pass(250);
    tasks.workAll();
    assertThat(shown(lmInfinite()).meanNll()).isEqualTo(40);
  }

  @Test
  void theFirstRunShowsItselfAsItGrows() {
    runner.meanwhile =
        request -> {
          tasks.pass(60);
          ArmSnapshot shown = shown(workbench.arms().get(0));
          assertThat(shown.scored()).isEqualTo(511);
          assertThat(shown.nllAt(600)).isNaN();
          assertThat(Objects.requireNonNull(workbench.statusProperty().get()).line())
              .contains("511 / 1,024 tokens");
        };
    workbench.removeArm(lmInfinite());
    workbench.run();
    tasks.workAll();
    assertThat(workbench.arms().get(0).state()).isEqualTo(ArmState.DONE);
  }

  @Test
  void whatIsLeftToGenerateIsToldFromWhatIsGenerated() {
    runner.meanwhile = request -> tasks.pass(1000);
    runner.generating =
        listener -> {
          tasks.pass(500);
          listener.generated(new int[64], new float[64], 1);
          tasks.pass(60);
          RunStatus status = Objects.requireNonNull(workbench.statusProperty().get());
          assertThat(status.stage()).isEqualTo("generating");
          assertThat(status.etaSeconds()).isBetween(31.0, 36.0);
        };
    workbench.removeArm(lmInfinite());
    workbench.run();
    tasks.workAll();
    assertThat(workbench.arms().get(0).state()).isEqualTo(ArmState.DONE);
  }

  @Test
  void cancelKeepsWhatIsThere() {
    runner.meanwhile = request -> workbench.cancel();
    workbench.run();
    tasks.workAll();
    assertThat(workbench.arms())
        .extracting(ArmViewModel::state)
        .containsExactly(ArmState.CANCELLED, ArmState.CANCELLED);
    assertThat(shown(workbench.arms().get(0)).scored()).isEqualTo(511);
    assertThat(lmInfinite().shown()).isNull();
    assertThat(dialogs.errors()).isEmpty();
    runner.meanwhile = request -> {};
    workbench.run();
    tasks.workAll();
    assertThat(lmInfinite().state()).isEqualTo(ArmState.DONE);
  }

  @Test
  void cancellingAnArmWhoseEarlierRunStillEndsCancelsTheNextToo() {
    workbench.run();
    tasks.workAll();
    runner.runs.clear();
    runner.meanwhile =
        request -> {
          runner.meanwhile = r -> {};
          workbench.setParameter(lmInfinite(), "global", 30);
          tasks.pass(250); // it waits for the run at 20 to end
          workbench.cancel(lmInfinite());
        };
    workbench.setParameter(lmInfinite(), "global", 20);
    tasks.pass(250);
    tasks.workAll();
    tasks.pass(1000);
    tasks.workAll();
    assertThat(runner.runs).containsExactly("lm-infinite:global=20,local=8,ceiling=8");
    assertThat(lmInfinite().state()).isEqualTo(ArmState.CANCELLED);
    assertThat(lmInfinite().stale()).isTrue();
    assertThat(workbench.statusProperty().get()).isNull();
  }

  @Test
  void anotherLengthRunsAllArmsAgain() {
    workbench.run();
    tasks.workAll();
    workbench.lengthProperty().set(100);
    assertThat(workbench.arms()).allMatch(ArmViewModel::stale);
    tasks.pass(250);
    tasks.workAll();
    assertThat(workbench.arms()).allMatch(a -> shown(a).tokens().length == 100 && !a.stale());
  }

  @Test
  void defaultsFollowThePretrainLengthAndChosenValuesStay() {
    workbench.setParameter(lmInfinite(), "local", 100);
    models.pretrainLengthProperty().set(16);
    assertThat(lmInfinite().arm()).hasToString("lm-infinite:global=10,local=100,ceiling=16");
  }

  @Test
  void aJobIsNamedAfterTheSettingsThatAreRun() {
    EventLog log = new EventLog(Clock.systemUTC());
    Jobs jobs = new Jobs(() -> 0, log);
    new ArmJobs(workbench, jobs, workbench::cancel);
    workbench.run();
    tasks.workAll();
    for (int global = 11; global <= 20; global++) {
      workbench.setParameter(lmInfinite(), "global", global);
    }
    String title = "run lm-infinite:global=20,local=8,ceiling=8";
    assertThat(jobs.active()).extracting(Job::title).containsExactly(title);
    tasks.pass(250);
    tasks.workAll();
    assertThat(jobs.active()).isEmpty();
    assertThat(jobs.ended().getFirst().title()).isEqualTo(title);
    assertThat(log.text()).contains(title + ": done").doesNotContain("global=11");
  }

  @Test
  void aStrideStaysBelowItsWindow() {
    workbench.addArm(ArmKind.TRUNCATE);
    ArmViewModel truncate = workbench.selectedArmProperty().get();
    workbench.setParameter(truncate, "stride", 50);
    assertThat(truncate.arm().get("stride")).isEqualTo(7);
    workbench.setParameter(truncate, "local", 4);
    assertThat(truncate.arm().get("stride")).isEqualTo(3);
  }

  @Test
  void aRunThatWouldNotFitIsRefusedWithItsForecast() {
    runner.bytes = 5 << 20;
    workbench.run();
    tasks.workAll();
    assertThat(tasks.waitingWorks()).isZero();
    assertThat(dialogs.errors()).hasSize(1);
    assertThat(dialogs.errors().getFirst().message()).contains("5.0 MiB").contains("977 KiB");
    assertThat(dialogs.errors().getFirst().hint()).contains("-Xmx");
    assertThat(dialogs.choices()).isEmpty();
  }

  @Test
  void aRunThatWouldNotFitOffersWhatWould() {
    runner.bytesPerToken = 1500; // of 1,000,000 bytes
    workbench.run();
    tasks.workAll();
    assertThat(dialogs.choices())
        .extracting(Dialogs.Choice::label)
        .containsExactly(
            "Read 666 tokens",
            "Store keys and values as BF16",
            "Use lm-infinite in place of vanilla");
    dialogs.choices().getFirst().take().run();
    tasks.workAll();
    assertThat(shown(lmInfinite()).tokens()).hasSize(666);
    workbench.lengthProperty().set(1024);
    tasks.pass(250);
    tasks.workAll();
    ArmViewModel vanilla = workbench.arms().getFirst();
    assertThat(vanilla.state()).isEqualTo(ArmState.FAILED);
    assertThat(vanilla.stale()).isTrue();
    assertThat(lmInfinite().state()).isEqualTo(ArmState.DONE); // drops keys, so it fits
    dialogs.choices().get(1).take().run();
    tasks.workAll();
    assertThat(workbench.cacheTypeProperty().get()).isEqualTo(CacheType.BF16);
    assertThat(shown(lmInfinite()).tokens()).hasSize(1024);
    assertThat(workbench.arms()).allMatch(a -> a.state() == ArmState.DONE && !a.stale());
  }

  @Test
  void whatRunsHaveLeftIsFreedBeforeOneIsRefused() {
    runner.bytes = 900_000;
    runner.meanwhile = request -> garbage = 800_000;
    workbench.run();
    tasks.workAll();
    assertThat(collections).as("before the second arm").isEqualTo(1);
    workbench.run();
    tasks.workAll();
    assertThat(collections).as("before each of both").isEqualTo(3);
    workbench.setParameter(lmInfinite(), "global", 20);
    tasks.pass(250);
    workbench.cancel(); // while room is being made for it
    tasks.workAll();
    assertThat(lmInfinite().state()).isEqualTo(ArmState.CANCELLED);
    workbench.setParameter(lmInfinite(), "global", 30);
    tasks.pass(250);
    tasks.workAll();
    assertThat(shown(lmInfinite()).meanNll()).isEqualTo(30);
    assertThat(dialogs.errors()).isEmpty();
  }

  @Test
  void runningAnewDoesNotCountWhatTheRunThatItStopsHolds() {
    runner.bytes = 900_000;
    runner.meanwhile =
        request -> {
          runner.meanwhile = r -> {};
          held = 800_000;
          workbench.run();
          tasks.workAll();
          held = 0;
        };
    workbench.run();
    tasks.workAll();
    assertThat(dialogs.errors()).isEmpty();
    assertThat(workbench.arms()).allMatch(a -> a.state() == ArmState.DONE && !a.stale());
  }

  @Test
  void aFailureIsReportedAndTheNextArmRuns() {
    runner.meanwhile =
        request -> {
          if (request.arm().kind() == ArmKind.VANILLA) {
            throw new IllegalStateException("boom");
          }
        };
    workbench.run();
    tasks.workAll();
    assertThat(workbench.arms().get(0).state()).isEqualTo(ArmState.FAILED);
    assertThat(lmInfinite().state()).isEqualTo(ArmState.DONE);
    assertThat(dialogs.errors()).hasSize(1);
  }

  @Test
  void anotherTextForgetsResults() throws IOException {
    workbench.run();
    tasks.workAll();
    workbench.positionProperty().set(5);
    models.openText(Files.writeString(folder.resolve("other.txt"), "y".repeat(50)));
    tasks.workAll();
    assertThat(workbench.arms()).allMatch(a -> a.shown() == null && a.state() == ArmState.IDLE);
    assertThat(workbench.lengthProperty().get()).isEqualTo(50);
    assertThat(workbench.positionProperty().get()).isEqualTo(WorkbenchViewModel.NONE);
    models.openText(folder.resolve("text.txt"));
    tasks.workAll();
    assertThat(workbench.lengthProperty().get()).as("not that of a short text").isEqualTo(1024);
  }

  @Test
  void columnsAreAddedMovedAndRemoved() {
    workbench.run();
    tasks.workAll();
    runner.runs.clear();
    workbench.addArm(ArmKind.WINDOW);
    tasks.workAll();
    assertThat(runner.runs).containsExactly("window:local=8");
    ArmViewModel window = workbench.selectedArmProperty().get();
    workbench.moveArm(window, -1);
    assertThat(workbench.arms().indexOf(window)).isEqualTo(1);
    workbench.removeArm(window);
    assertThat(workbench.arms()).hasSize(2).doesNotContain(window);
  }

  @Test
  void walksWithinTheTokens() {
    workbench.walk(1);
    assertThat(workbench.positionProperty().get()).isEqualTo(1023);
    workbench.walk(1);
    assertThat(workbench.positionProperty().get()).isEqualTo(1023);
    workbench.walk(-3);
    assertThat(workbench.positionProperty().get()).isEqualTo(1020);
  }

  @Test
  void saysHowLongAnArmIsVanilla() {
    assertThat(lmInfinite().vanillaBadge(100, Edge.UNBOUNDED)).isEqualTo("= vanilla up to 8");
    ArmViewModel window = new ArmViewModel(Arm.withDefaults(ArmKind.WINDOW, 8));
    assertThat(window.vanillaBadge(100, Edge.UNBOUNDED)).isEqualTo("= vanilla up to 7");
    assertThat(window.vanillaBadge(8, Edge.UNBOUNDED)).isEqualTo("identical to vanilla so far");
    ArmViewModel truncate = new ArmViewModel(Arm.withDefaults(ArmKind.TRUNCATE, 8));
    assertThat(truncate.vanillaBadge(100, Edge.UNBOUNDED)).isEqualTo("= vanilla up to 6");
    assertThat(workbench.arms().get(0).vanillaBadge(100, Edge.UNBOUNDED)).isEmpty();
  }
}
