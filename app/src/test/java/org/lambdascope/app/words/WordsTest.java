package org.lambdascope.app.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lambdascope.engine.experiment.ArmKind;

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
  void parametersOfTheMaskAreWords() {
    assertThat(Words.parameter("local")).contains(Words.N_LOCAL);
    assertThat(Words.parameter("stride")).isEmpty();
  }
}
