package org.lambdascope.app.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.ArmParameter;
import org.lambdascope.engine.spec.ExperimentFile;

class WordsTest {

  @Test
  void everyWordIsDefinedOnce() {
    List<String> terms = Words.all().stream().map(Word::term).toList();
    assertThat(new HashSet<>(terms)).hasSameSizeAs(terms);
    assertThat(Words.all()).allMatch(w -> w.meaning().endsWith("."), "a sentence");
  }

  @Test
  void everyArmNamesItsPaper() {
    for (ArmKind kind : ArmKind.values()) {
      assertThat(Words.of(kind).source()).as(kind.id()).containsPattern("20\\d\\d");
    }
  }

  @Test
  void everyParameterOfEveryArmIsAWordWithItsPaper() {
    for (ArmKind kind : ArmKind.values()) {
      for (ArmParameter parameter : kind.parameters()) {
        Word word = Words.parameter(kind, parameter.key());
        assertThat(word.source()).as(word.term()).containsPattern("20\\d\\d");
        assertThat(Words.all()).contains(word);
      }
    }
    assertThat(Words.parameter(ArmKind.LM_INFINITE, "local")).isEqualTo(Words.N_LOCAL);
    assertThatThrownBy(() -> Words.parameter(ArmKind.VANILLA, "stride"))
        .hasMessageContaining("vanilla")
        .hasMessageContaining("stride");
  }

  @Test
  void whatExperimentsMeasureNamesItsPaper() {
    for (String kind : ExperimentFile.kinds()) {
      assertThat(ExperimentWords.of(kind)).as(kind).isNotEmpty();
      assertThat(Words.all()).containsAll(ExperimentWords.of(kind));
    }
    ExperimentWords.terms().forEach(w -> assertThat(w.source()).containsPattern("20\\d\\d"));
  }
}
