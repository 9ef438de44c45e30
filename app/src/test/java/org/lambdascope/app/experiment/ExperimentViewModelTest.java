package org.lambdascope.app.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.common.FixedFiles;
import org.lambdascope.app.common.ManualTaskRunner;
import org.lambdascope.app.common.RecordingDialogs;
import org.lambdascope.app.run.RunFolder;
import org.lambdascope.app.run.RunRecord;
import org.lambdascope.app.run.RunStore;
import org.lambdascope.app.run.RunSummary;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.shell.TinyModel;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.ArmSessions;
import org.lambdascope.engine.model.LanguageModel;
import org.lambdascope.engine.model.ModelLoader;
import org.lambdascope.engine.spec.ExperimentFile;
import org.lambdascope.engine.spec.SpecException;

/** Form and text in step, and runs, without a toolkit. */
class ExperimentViewModelTest {

  private static final String FILE =
      """
      # A small one.
      lambdascope: 1
      name: tiny
      model: lambda-llama  # bundled
      arms: [vanilla, "window:local=16"]
      data: {text: welcome, piece: 64, count: 2}
      experiments:
        - kind: perplexity   # fig. 3
          lengths: [16, 64]
          window: 8
      """;

  private static final String BY_PLACE =
      FILE.replace("name: tiny\n", "")
          .replace("model: lambda-llama", "model: samples/models/lambda-llama")
          .replace("text: welcome", "text: texts/own.txt");

  @TempDir Path folder;
  private final ManualTaskRunner tasks = new ManualTaskRunner();
  private final RecordingDialogs dialogs = new RecordingDialogs();
  private final FixedFiles files = new FixedFiles();
  private Path file = Path.of("");
  private Path store = Path.of("");
  private long free = Long.MAX_VALUE;
  private ExperimentViewModel viewModel = viewModel(Samples.none());

  private ExperimentViewModel viewModel(Samples samples) {
    return new ExperimentViewModel(
        tasks,
        dialogs,
        files,
        samples,
        new ExperimentJobViewModel(tasks, dialogs, samples, store, System::nanoTime, () -> free));
  }

  @BeforeEach
  void make() throws IOException {
    file = Files.writeString(folder.resolve("tiny.yaml"), FILE);
    store = folder.resolve("runs.duckdb");
    viewModel = viewModel(TinyModel.samples(folder.resolve("samples"), 300));
    viewModel.open(file);
    settle();
  }

  private void settle() {
    tasks.workAll();
    tasks.pass(1000);
    tasks.workAll();
  }

  private void set(String section, String key, SpecField.Type type, String typed) {
    viewModel.form().set(section, SpecField.optional(key, type, ""), typed);
  }

  @Test
  void theFormChangesOneEntryAndKeepsComments() {
    set("experiments[0]", "lengths", SpecField.Type.NUMBERS, "8, 32");
    assertThat(viewModel.textProperty().get()).isEqualTo(FILE.replace("[16, 64]", "[8, 32]"));
    assertThat(viewModel.form().noticeProperty().get()).isEmpty();
    assertThat(viewModel.dirtyProperty().get()).isTrue();
    set("", "arms", SpecField.Type.LINES, "vanilla\nlm-infinite:global=4,local=8\n");
    assertThat(viewModel.textProperty().get())
        .contains("arms: [vanilla, \"lm-infinite:global=4,local=8\"]")
        .contains("# bundled");
    viewModel.undo();
    viewModel.undo();
    assertThat(viewModel.textProperty().get()).isEqualTo(FILE);
    assertThat(viewModel.dirtyProperty().get()).isFalse();
    viewModel.redo();
    assertThat(viewModel.textProperty().get()).contains("[8, 32]");
  }

  @Test
  void theFormSaysWhereItTakesCommentsAway() {
    viewModel.textProperty().set(FILE.replace("[16, 64]", "\n      - 16  # short\n      - 64"));
    set("experiments[0]", "lengths", SpecField.Type.NUMBERS, "8, 32");
    assertThat(viewModel.form().noticeProperty().get()).contains("dropped 1 comment in it");
    viewModel.undo();
    assertThat(viewModel.textProperty().get()).contains("# short");
  }

  @Test
  void mistakesNameLineAndField() {
    set("experiments[0]", "lengths", SpecField.Type.NUMBERS, "64, 16");
    SpecException problem = Objects.requireNonNull(viewModel.problemProperty().get());
    assertThat(problem.line()).isEqualTo(9);
    assertThat(problem.place()).isEqualTo("experiments[0].lengths[1]");
    set("experiments[0]", "lengths", SpecField.Type.NUMBERS, "");
    assertThat(Objects.requireNonNull(viewModel.problemProperty().get()).place())
        .isEqualTo("experiments[0].lengths");
    viewModel.undo();
    viewModel.textProperty().set("arms: [vanilla");
    assertThat(viewModel.treeProperty().get()).isNull();
    assertThat(Objects.requireNonNull(viewModel.problemProperty().get()).reason())
        .startsWith("not YAML");
    viewModel.textProperty().set(FILE);
    assertThat(viewModel.problemProperty().get()).isNull();
  }

  @Test
  void everyKindCanBeAddedAndBecomeEveryOther() {
    List<String> kinds = ExperimentFile.kinds();
    for (String kind : kinds) {
      viewModel.form().add(kind);
      assertThat(viewModel.problemProperty().get()).as(kind).isNull();
    }
    assertThat(viewModel.form().names()).hasSize(1 + kinds.size());
    viewModel.form().copy(0);
    assertThat(viewModel.problemProperty().get()).isNull();
    for (String kind : kinds) {
      viewModel.form().setKind(0, kind);
      SpecException problem = viewModel.problemProperty().get();
      assertThat(problem == null || problem.reason().contains("are named")).as(kind).isTrue();
    }
    while (viewModel.form().names().size() > 1) {
      viewModel.form().remove(0);
    }
    viewModel.form().remove(0);
    assertThat(viewModel.form().names()).hasSize(1);
    assertThat(viewModel.textProperty().get()).startsWith("# A small one.");
  }

  @Test
  void anotherFileDoesNotLoseWhatWasEdited() throws IOException {
    Path other = Files.writeString(folder.resolve("other.yaml"), FILE.replace("tiny", "other"));
    set("", "name", SpecField.Type.TEXT, "edited");
    viewModel.open(other);
    settle();
    assertThat(viewModel.textProperty().get()).contains("name: other");
    viewModel.undo();
    assertThat(viewModel.textProperty().get()).contains("name: edited");
    assertThat(viewModel.fileProperty().get()).isEqualTo(file);
    viewModel.save();
    settle();
    assertThat(other).content().contains("name: other");
    assertThat(file).content().contains("name: edited");
  }

  @Test
  void whatWasNotSavedIsThereInTheNextWindow() throws IOException {
    Path kept = folder.resolve("kept/experiment");
    ExperimentDraft draft = new ExperimentDraft(tasks, viewModel);
    draft.keepIn(kept);
    settle();
    assertThat(kept).doesNotExist();
    set("", "name", SpecField.Type.TEXT, "edited");
    tasks.pass(6000);
    tasks.workAll(); // it survives a crash
    ExperimentViewModel next = viewModel(Samples.none());
    List<String> opened = new ArrayList<>();
    ExperimentDraft other = new ExperimentDraft(tasks, next);
    other.keepIn(folder.resolve("other/experiment"));
    other.open(kept, () -> opened.add("opened"), failure -> opened.add("failed"));
    settle();
    assertThat(opened).containsExactly("opened");
    assertThat(next.textProperty().get()).contains("name: edited");
    assertThat(next.fileProperty().get()).isEqualTo(file);
    assertThat(next.dirtyProperty().get()).isTrue();
    assertThat(folder.resolve("other/experiment")).isNotEmptyDirectory();
    next.save();
    settle();
    assertThat(file).content().contains("name: edited");
    other.ending().run();
    assertThat(folder.resolve("other/experiment")).doesNotExist();
  }

  @Test
  void badFilesLeaveTheOpenOne() {
    viewModel.open(folder.resolve("none.yaml"));
    viewModel.open(folder);
    settle();
    assertThat(dialogs.errors()).hasSize(2);
    assertThat(dialogs.errors().getFirst().message()).contains("expected an experiment file");
    assertThat(viewModel.textProperty().get()).isEqualTo(FILE);
    files.choose(folder.resolve("no/such/folder.yaml"));
    viewModel.saveAs();
    settle();
    assertThat(dialogs.errors()).hasSize(3);
    assertThat(viewModel.fileProperty().get()).isEqualTo(file);
  }

  @Test
  void aRunIsWatchedStoppedAndResumed() throws IOException {
    Path out = folder.resolve("out");
    viewModel.place().set(out.toString());
    settle();
    viewModel.run();
    tasks.work(); // it looks what the folder holds
    ExperimentJobViewModel job = viewModel.job();
    assertThat(job.runningProperty().get()).isTrue();
    job.units()
        .addListener(
            (ListChangeListener<UnitRow>)
                c -> {
                  if (job.units().stream().anyMatch(u -> u.state() == UnitRow.State.DONE)) {
                    job.cancel();
                  }
                });
    settle();
    assertThat(job.runningProperty().get()).isFalse();
    assertThat(job.lineProperty().get()).contains("Interrupted after 1 of 4 units");
    RunRecord stopped = Objects.requireNonNull(RunFolder.read(out));
    assertThat(stopped.done()).isEqualTo(1);
    assertThat(viewModel.place().standingProperty().get()).isEqualTo(stopped);
    ExperimentViewModel again = viewModel(TinyModel.samples(folder.resolve("samples-again"), 300));
    again.open(file);
    settle();
    again.place().set(out.toString()); // and before it is seen what that holds:
    again.run();
    settle();
    assertThat(dialogs.errors()).isEmpty();
    assertThat(again.job().lineProperty().get()).contains("Done: 4 units");
    assertThat(again.job().units()).allMatch(u -> u.state() == UnitRow.State.DONE);
    assertThat(again.job().figuresProperty().get()).containsKey("perplexity");
    assertThat(out.resolve("figures/perplexity.pdf")).isNotEmptyFile();
    assertThat(Objects.requireNonNull(RunFolder.read(out)).id()).isEqualTo(stopped.id());
  }

  /** Runs a file whose model and text are named by where they lie, and stops it. */
  private Path interruptedRun() throws IOException {
    Files.createDirectories(folder.resolve("texts"));
    Files.copy(folder.resolve("samples/documents/welcome.txt"), folder.resolve("texts/own.txt"));
    viewModel.textProperty().set(BY_PLACE);
    Path out = folder.resolve("out");
    viewModel.place().set(out.toString());
    settle();
    viewModel
        .job()
        .units()
        .addListener((ListChangeListener<UnitRow>) c -> viewModel.job().cancel());
    viewModel.run();
    settle();
    assertThat(dialogs.errors()).isEmpty();
    assertThat(Objects.requireNonNull(RunFolder.read(out)).status())
        .isEqualTo(RunRecord.Status.INTERRUPTED);
    return out;
  }

  @Test
  void aRunIsInTheStoreWhileItIsUnderWayAndAfterItFailed() throws IOException {
    Path out = folder.resolve("out");
    List<RunSummary> seen = new ArrayList<>();
    viewModel.place().set(out.toString());
    settle();
    viewModel
        .job()
        .units()
        .addListener(
            (ListChangeListener<UnitRow>)
                c -> {
                  if (viewModel.job().units().get(1).state() == UnitRow.State.DONE
                      && seen.isEmpty()) {
                    seen.addAll(stored());
                    String next = viewModel.job().units().get(2).id();
                    inTheWay(out.resolve("units").resolve(next + ".part"));
                  }
                });
    viewModel.run();
    settle();
    assertThat(seen).extracting(s -> s.run().folder()).containsExactly(out);
    RunRecord killed = seen.getFirst().run().record(); // what a kill would leave
    assertThat(killed.status()).isEqualTo(RunRecord.Status.RUNNING);
    assertThat(killed.done()).isEqualTo(2);
    assertThat(viewModel.job().outcome()).isEqualTo(ExperimentJobViewModel.Outcome.FAILED);
    RunRecord failed = stored().getFirst().run().record();
    assertThat(failed.status()).isEqualTo(RunRecord.Status.INTERRUPTED);
    assertThat(failed.done()).isEqualTo(2);
    assertThat(out.resolve("metrics.csv")).content().contains("nll_windowed");
  }

  /** What cannot be written there makes a run fail. */
  private static void inTheWay(Path place) {
    try {
      Files.createDirectories(place);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<RunSummary> stored() {
    try (RunStore store = RunStore.openToRead(this.store)) {
      return store.summaries();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anInterruptedRunIsResumedFromItsFolder() throws IOException {
    Path out = interruptedRun();
    files.cancel();
    ExperimentViewModel again = viewModel(Samples.none());
    again.openRun(out);
    settle();
    assertThat(again.fileProperty().get()).isNull();
    assertThat(again.runProperty().get()).isEqualTo(out);
    assertThat(again.textProperty().get()).isEqualTo(BY_PLACE);
    again.run();
    settle();
    assertThat(dialogs.errors()).isEmpty();
    assertThat(again.job().lineProperty().get()).contains("Done: 4 units");
    assertThat(again.job().nameProperty().get()).isEqualTo("out");
    again.run(); // finished: anew, elsewhere, with the same paths and the same name
    settle();
    assertThat(dialogs.errors()).isEmpty();
    assertThat(folder.resolve("out-2/spec.yaml")).hasContent(BY_PLACE);
    assertThat(Objects.requireNonNull(RunFolder.read(folder.resolve("out-2"))).name())
        .isEqualTo("tiny");
  }

  @Test
  void editsOfARunsExperimentNeverReachTheRun() throws IOException {
    Path out = interruptedRun();
    Path spec = out.resolve("spec.yaml");
    viewModel.open(spec); // by its own file, too
    settle();
    assertThat(viewModel.runProperty().get()).isEqualTo(out);
    set("experiments[0]", "lengths", SpecField.Type.NUMBERS, "8, 16");
    files.cancel();
    viewModel.save();
    viewModel.run();
    settle();
    assertThat(spec).hasContent(BY_PLACE);
    files.choose(spec);
    viewModel.saveAs();
    settle();
    assertThat(dialogs.errors()).hasSize(1);
    assertThat(dialogs.errors().getFirst().message()).contains("says what was run");
    assertThat(spec).hasContent(BY_PLACE);
    Path own = folder.resolve("own.yaml");
    files.choose(own);
    viewModel.saveAs();
    settle();
    assertThat(own).content().contains("lengths: [8, 16]");
    assertThat(viewModel.fileProperty().get()).isEqualTo(own);
    assertThat(viewModel.runProperty().get()).isNull();
    assertThat(spec).hasContent(BY_PLACE);
  }

  @Test
  void whatCannotBeRunSaysWhere() {
    viewModel.place().set(folder.resolve("out").toString());
    set("", "arms", SpecField.Type.LINES, "vanila");
    viewModel.run();
    settle();
    assertThat(dialogs.errors()).hasSize(1);
    assertThat(dialogs.errors().getFirst().message()).contains("unknown arm 'vanila'");
    assertThat(Objects.requireNonNull(viewModel.problemProperty().get()).place())
        .startsWith("arms");
  }

  @Test
  void aMistakeInTheTextKeepsFileAndFolderAsTheyAre() {
    Path out = folder.resolve("out");
    viewModel.place().set(out.toString());
    set("experiments[0]", "lengths", SpecField.Type.NUMBERS, "64, 16");
    assertThat(viewModel.mistakeProperty().get()).isNotNull();
    viewModel.run();
    viewModel.check();
    settle();
    assertThat(dialogs.errors()).isEmpty();
    assertThat(dialogs.notices())
        .filteredOn(n -> n.contains("Line 9: expected more than the 64 before it"))
        .hasSize(2);
    assertThat(out).doesNotExist();
    assertThat(file).content().isEqualTo(FILE);
    viewModel.undo();
    assertThat(viewModel.mistakeProperty().get()).isNull();
    set("", "arms", SpecField.Type.LINES, "vanila");
    assertThat(viewModel.mistakeProperty().get()).isNull(); // which arms there are, a run knows
  }

  @Test
  void aFileThatChangedSinceItsRunIsToldFromTheOneThatRan() {
    viewModel.place().set(folder.resolve("out").toString());
    settle();
    assertThat(viewModel.changedProperty().get()).isFalse();
    viewModel.run();
    settle();
    assertThat(viewModel.place().standingProperty().get()).isNotNull();
    assertThat(viewModel.changedProperty().get()).isFalse();
    set("experiments[0]", "lengths", SpecField.Type.NUMBERS, "16, 32");
    assertThat(viewModel.changedProperty().get()).isTrue();
    viewModel.undo();
    assertThat(viewModel.changedProperty().get()).isFalse();
    viewModel.place().set(folder.resolve("elsewhere").toString());
    settle();
    viewModel.textProperty().set(FILE.replace("A small one", "Another"));
    assertThat(viewModel.changedProperty().get()).isFalse();
  }

  @Test
  void checkingSaysHowMuchThereIsToDo() {
    viewModel.check();
    settle();
    assertThat(dialogs.notices())
        .anyMatch(
            n ->
                n.contains("perplexity (perplexity): 4 units")
                    && n.contains("about ")
                    && n.contains("for cache and captures"));
  }

  @Test
  void aRunSaysWhatItWillTakeAndOneThatDoesNotFitWhatWould() {
    Path out = folder.resolve("out");
    viewModel.place().set(out.toString());
    settle();
    List<String> forecasts = new ArrayList<>();
    viewModel.job().forecastProperty().subscribe((before, now) -> forecasts.add(now));
    viewModel.run();
    settle();
    assertThat(forecasts.getFirst())
        .startsWith("forecast: about ")
        .contains("at most ")
        .endsWith("KiB");
    assertThat(forecasts.getLast()).as("it is over").isEmpty();
    free = 100;
    viewModel.check();
    settle();
    assertThat(dialogs.errors()).hasSize(1);
    assertThat(dialogs.errors().getFirst().message())
        .contains("expected to need at most the 100 B that are free")
        .contains("0 of 4 units fit");
    viewModel
        .textProperty()
        .set(FILE.replace("[16, 64]", "[16, 256]").replace("piece: 64, count: 2", "piece: 256"));
    free = vanillaBytes() - 1;
    viewModel.place().set(folder.resolve("small").toString());
    settle();
    files.choose(file);
    viewModel.run();
    settle();
    assertThat(dialogs.errors()).hasSize(2);
    assertThat(dialogs.errors().get(1).message())
        .containsPattern("All units fit with 'cache: (f16|q8)'");
    assertThat(folder.resolve("small/run.json")).doesNotExist();
    dialogs.choices().getFirst().take().run();
    assertThat(viewModel.textProperty().get()).containsPattern("cache: (f16|q8)");
    viewModel.run();
    settle();
    assertThat(dialogs.errors()).hasSize(2);
    assertThat(viewModel.job().outcome()).isEqualTo(ExperimentJobViewModel.Outcome.DONE);
  }

  /** What the largest unit takes. */
  private long vanillaBytes() {
    try (LanguageModel model = ModelLoader.open(folder.resolve("samples/models/lambda-llama"), 1)) {
      return ArmSessions.predictedCacheBytes(
          model.decoder(), Arm.withDefaults(ArmKind.VANILLA, 64), 256, 256);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
