package org.lambdascope.app.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.common.ManualTaskRunner;
import org.lambdascope.app.common.RecordingDialogs;
import org.lambdascope.app.settings.MemorySettings;

class ModelsViewModelTest {

  @TempDir Path folder;

  private final ManualTaskRunner tasks = new ManualTaskRunner();
  private final RecordingDialogs dialogs = new RecordingDialogs();
  private final MemorySettings settings = new MemorySettings();
  private final FakeModels.Weights first = new FakeModels.Weights();
  private final FakeModels.Weights second = new FakeModels.Weights();

  private final ModelsViewModel models =
      new ModelsViewModel(
          tasks,
          dialogs,
          settings,
          path -> {
            String name = path.getFileName().toString();
            if (name.startsWith("bad")) {
              throw new IOException(path + ": expected magic GGUF, found 'nope'");
            }
            return FakeModels.model(path, 512, name.equals("one") ? first : second);
          });

  private Path text(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private SharedModel model() {
    return Objects.requireNonNull(models.source().model());
  }

  @Test
  void opensModelAndTextInEitherOrder() throws IOException {
    models.openText(text("a.txt", "hello"));
    tasks.workAll();
    assertThat(models.source().complete()).isFalse();
    models.openModel(folder.resolve("one"));
    assertThat(models.openingProperty().get()).contains("one");
    tasks.workAll();
    assertThat(models.openingProperty().get()).isEmpty();
    assertThat(models.source().complete()).isTrue();
    assertThat(models.source().tokens()).containsExactly('h', 'e', 'l', 'l', 'o');
    assertThat(models.pretrainLengthProperty().get()).isEqualTo(512);
    assertThat(settings.recentModels()).containsExactly(folder.resolve("one"));
  }

  @Test
  void aFailedOpenLosesNothing() throws IOException {
    models.openModel(folder.resolve("one"));
    models.openText(text("a.txt", "hello"));
    tasks.workAll();
    tasks.workAll();
    var before = models.source();
    models.openModel(folder.resolve("bad.gguf"));
    models.openText(text("empty.txt", ""));
    models.openText(Files.write(folder.resolve("latin1.txt"), new byte[] {'a', (byte) 0xE9, 'b'}));
    tasks.workAll();
    assertThat(models.source()).isEqualTo(before);
    assertThat(models.source().complete()).isTrue();
    assertThat(first.closed()).isFalse();
    assertThat(dialogs.errors()).hasSize(3);
    assertThat(dialogs.errors().get(0).message()).contains("expected magic GGUF, found 'nope'");
    assertThat(dialogs.errors().get(1).message()).contains("found an empty file");
    assertThat(dialogs.errors().get(2).message()).contains("0xE9 at offset 1");
    assertThat(dialogs.errors().get(0).hint()).contains("still open");
  }

  @Test
  void theLastModelWinsAndEarlierOnesAreClosed() {
    models.openModel(folder.resolve("one"));
    models.openModel(folder.resolve("two"));
    tasks.workAll();
    assertThat(model().model().name()).isEqualTo("two");
    assertThat(first.closed()).isTrue();
    assertThat(second.closed()).isFalse();
    models.close();
    assertThat(second.closed()).isTrue();
  }

  @Test
  void aModelInUseIsClosedByItsLastUser() {
    models.openModel(folder.resolve("one"));
    tasks.workAll();
    SharedModel model = model();
    model.acquire();
    models.openModel(folder.resolve("two"));
    tasks.workAll();
    assertThat(first.closed()).isFalse();
    model.release();
    assertThat(first.closed()).isTrue();
  }

  @Test
  void aTextThatWasAskedForBeforeItsModelWasReplacedIsReadByTheNext() throws IOException {
    models.openModel(folder.resolve("one"));
    tasks.workAll();
    models.openModel(folder.resolve("two"));
    models.openText(text("a.txt", "hello"));
    tasks.workAll();
    assertThat(first.closed()).isTrue();
    assertThat(dialogs.errors()).isEmpty();
    assertThat(model().model().name()).isEqualTo("two");
    assertThat(models.source().tokens()).containsExactly('h', 'e', 'l', 'l', 'o');
  }

  @Test
  void theSameTextAgainIsNoOther() throws IOException {
    models.openModel(folder.resolve("one"));
    tasks.workAll();
    models.openText(text("a.txt", "hello"));
    tasks.workAll();
    ModelsViewModel.Source before = models.source();
    models.openText(folder.resolve("a.txt"));
    tasks.workAll();
    assertThat(models.source()).isSameAs(before);
    models.openText(text("a.txt", "hello, written anew"));
    tasks.workAll();
    assertThat(models.source().tokens()).hasSize(19);
  }

  @Test
  void tellsModelsFromTextsByTheirShape() throws IOException {
    Path model = Files.createDirectory(folder.resolve("one"));
    models.open(List.of(text("a.txt", "hello"), model.resolve("config.json")));
    tasks.workAll();
    tasks.workAll();
    assertThat(model().model().path()).isEqualTo(model);
    assertThat(models.source().complete()).isTrue();
  }
}
