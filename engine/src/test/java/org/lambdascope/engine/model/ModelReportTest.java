package org.lambdascope.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.ModelReport;

/** What is said of every fixture. */
final class ModelReportTest {

  static List<String> models() {
    List<String> names = new ArrayList<>(ReferenceFixture.ALL_ARMS);
    names.addAll(ReferenceFixture.FAMILIES);
    names.addAll(ReferenceFixture.STORED_TYPES);
    return names;
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyFixtureIsDescribedAndEveryArmRunsOrSaysWhyNot(String name) throws IOException {
    try (LoadedDecoder model = FixtureModels.open(ReferenceFixture.read(name), 1)) {
      ModelReport report = ModelReport.of(model, Optional.empty(), List.of(), 64, 32);
      assertThat(report.facts())
          .extracting(ModelReport.Fact::name)
          .contains("family", "shape", "positions", "L_pretrain", "parameters", "tokenizer");
      assertThat(report.facts()).allSatisfy(fact -> assertThat(fact.value()).isNotBlank());
      List<ArmKind> all = new ArrayList<>();
      report.memory().forEach(m -> all.add(m.arm().kind()));
      report.refused().forEach(r -> all.add(r.kind()));
      assertThat(all).containsExactlyInAnyOrder(ArmKind.values());
      assertThat(report.memory())
          .allSatisfy(
              m -> assertThat(m.bytes()).hasSize(3).isSorted().allMatch(bytes -> bytes > 0));
      assertThat(report.refused())
          .allSatisfy(r -> assertThat(r.reason()).contains("expected").contains("found"));
    }
  }

  @Test
  void onlyTheArmsThatWereAskedForAreGiven() throws IOException {
    try (LoadedDecoder model = FixtureModels.open(ReferenceFixture.read("mistral"), 1)) {
      Arm arm = Arm.withDefaults(ArmKind.VANILLA, 50);
      ModelReport report = ModelReport.of(model, Optional.empty(), List.of(arm), 50, 32);
      assertThat(report.memory()).extracting(ModelReport.Memory::arm).containsExactly(arm);
      assertThat(report.refused()).isEmpty();
      assertThat(Arrays.asList(report.facts().toArray()))
          .contains(
              new ModelReport.Fact("L_pretrain", "50 (the files say 64)"),
              new ModelReport.Fact("window", "keys with d < 20, the model's own"));
    }
  }
}
