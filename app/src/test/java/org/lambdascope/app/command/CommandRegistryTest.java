package org.lambdascope.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.junit.jupiter.api.Test;

class CommandRegistryTest {

  private final CommandRegistry registry = new CommandRegistry();
  private final List<String> done = new ArrayList<>();
  private final BooleanProperty open = new SimpleBooleanProperty(false);
  private final ObservableList<Command> recent = FXCollections.observableArrayList();
  private final PaletteViewModel palette;

  CommandRegistryTest() {
    registry.add(
        CommandGroup.FILE,
        Command.of("open", "_Open text …", "Open a file", () -> done.add("open"))
            .withShortcut("Shortcut+T"),
        new CommandList("recent", "_Recent", recent));
    registry.add(
        CommandGroup.RUN,
        Command.of("run", "_Run all arms", "Read the text", () -> done.add("run"))
            .withShortcut("Shortcut+Enter")
            .enabledWhen(open),
        Command.named("add", "lm-infinite — keys with d < n_local", "Add a column", () -> {}));
    palette = new PaletteViewModel(registry);
    palette.reset();
  }

  private List<String> found(String query) {
    palette.queryProperty().set(query);
    return palette.matches().stream().map(m -> m.command().id()).toList();
  }

  @Test
  void idsAndShortcutsAreTakenOnce() {
    assertThatThrownBy(() -> registry.add(CommandGroup.EDIT, Command.of("run", "x", "", () -> {})))
        .hasMessageContaining("run")
        .hasMessageContaining("Run all arms");
    assertThatThrownBy(
            () ->
                registry.add(
                    CommandGroup.EDIT,
                    Command.of("other", "x", "", () -> {}).withShortcut("Shortcut+T")))
        .hasMessageContaining("Shortcut+T")
        .hasMessageContaining("open");
    assertThatThrownBy(() -> registry.get("nothing")).hasMessageContaining("nothing");
  }

  @Test
  void whatCannotBeDoneIsNotDone() {
    assertThat(registry.get("run").run()).isFalse();
    open.set(true);
    assertThat(registry.get("run").run()).isTrue();
    assertThat(done).containsExactly("run");
  }

  @Test
  void mnemonicsAreNoLetters() {
    assertThat(registry.get("open").label()).isEqualTo("Open text …");
    assertThat(registry.get("add").label()).contains("n_local");
  }

  @Test
  void aFewLettersFindCommandsAndWhatComesAndGoes() {
    assertThat(found("")).containsExactly("open", "add", "run"); // what cannot be done now is last
    assertThat(found("lminf")).containsExactly("add");
    assertThat(found("local keys")).containsExactly("add");
    assertThat(found("file open")).containsExactly("open");
    assertThat(found("column")).containsExactly("add");
    assertThat(found("zzz")).isEmpty();
    recent.add(Command.named("recent.book", "book_one.txt", "Open again", () -> done.add("book")));
    assertThat(found("book_o")).containsExactly("recent.book");
    assertThat(palette.matches().getFirst().menu()).isEqualTo("Recent");
    assertThat(palette.matches().getFirst().hits()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void theSelectionGoesRoundAndWhatWasUsedComesFirst() {
    palette.move(-1);
    assertThat(palette.selectedProperty().get()).isEqualTo(2);
    assertThat(palette.choose()).isEmpty(); // it cannot be done now
    palette.move(2);
    assertThat(palette.choose().orElseThrow().id()).isEqualTo("add");
    palette.reset();
    assertThat(palette.matches().getFirst().command().id()).isEqualTo("add");
  }

  @Test
  void lettersThatBeginWordsOrFollowOneAnotherCountMore() {
    int together = score("run", "Run all arms");
    assertThat(together).isGreaterThan(score("run", "Prune"));
    assertThat(score("ra", "Run all")).isGreaterThan(score("ra", "Infra"));
    assertThat(FuzzyMatch.of("inf", "File Open model folder")).isNull();
    assertThat(FuzzyMatch.of("strmllm", "streaming-llm")).isNotNull();
    assertThat(FuzzyMatch.of("Λ-m", "Λ-mask")).isNotNull();
  }

  private static int score(String query, String text) {
    return Objects.requireNonNull(FuzzyMatch.of(query, text)).score();
  }
}
