package org.lambdascope.app.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lambdascope.app.words.ExperimentWords;
import org.lambdascope.engine.spec.ExperimentFile;
import org.lambdascope.engine.spec.SpecException;

/** The form knows the keys that the reader takes, no fewer and no more. */
class SpecSchemaTest {

  static Stream<String> kinds() {
    return ExperimentFile.kinds().stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyKindHasTheKeysOfTheReader(String kind) {
    List<SpecField> fields = SpecSchema.of(kind);
    Set<String> keys =
        fields.stream().map(f -> f.key().split("\\.", -1)[0]).collect(Collectors.toSet());
    boolean made = keys.contains("make");
    keys.addAll(List.of("kind", "name", "arms"));
    if (!made && !kind.equals("qa")) {
      keys.add("data");
    }
    StringBuilder text = new StringBuilder();
    text.append("lambdascope: 1\nmodel: m\narms: [vanilla]\ndata: {text: t}\nexperiments:\n");
    text.append("  - kind: ").append(kind).append('\n');
    for (SpecField field : fields) {
      if (field.required()) {
        text.append("    ").append(field.key()).append(": ");
        text.append(field.yaml(field.first())).append('\n');
      }
    }
    String minimal = text + (made ? "    prompts: p.jsonl\n" : "");
    Set<String> expected = new LinkedHashSet<>(expectedKeys(minimal));
    if (made) {
      // A file of prompts and made prompts have other keys beside them.
      expected.addAll(
          expectedKeys(text + "    make: {lengths: [64], depths: [0.5], count: 1, seed: 1}\n"));
    }
    assertThat(keys).as(kind).isEqualTo(expected);
  }

  private static List<String> expectedKeys(String text) {
    SpecException refused =
        catchThrowableOfType(
            SpecException.class,
            () -> ExperimentFile.parse(Path.of("a.yaml"), text + "    nonsense: 1\n"));
    assertThat(refused.reason()).startsWith("unknown key; expected one of ");
    return Arrays.asList(
        refused.reason().substring("unknown key; expected one of ".length()).split(", ", -1));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyKeyIsExplained(String kind) {
    List<SpecField> fields = new ArrayList<>(SpecSchema.of(kind));
    fields.addAll(SpecSchema.FILE);
    fields.addAll(SpecSchema.OWN);
    assertThat(fields)
        .allSatisfy(
            field ->
                assertThat(ExperimentWords.key(kind, field.key())).as(field.key()).isPresent());
  }

  @Test
  void aNewFileIsInOrder() throws SpecException {
    assertThat(ExperimentFile.parse(Path.of("a.yaml"), ExperimentViewModel.NEW).experiments())
        .hasSize(1);
  }
}
