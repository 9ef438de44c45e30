package org.lambdascope.app.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShortNamesTest {

  private static final List<String> UNITS =
      List.of(
          "lm-infinite:global=0,local=128,ceiling=512, book.txt[16369]",
          "lm-infinite:global=0,local=512,ceiling=512, book.txt[16369]",
          "lm-infinite:global=4,local=128,ceiling=512, book.txt[9208]",
          "ceiling:ceiling=512, book.txt[16369]",
          "ceiling:ceiling=512, book.txt[9208]");

  @Test
  void whatNamesOfAKindHaveInCommonIsCut() {
    ShortNames names = ShortNames.of(UNITS);
    assertThat(names.forms(UNITS.get(1)))
        .containsExactly(
            UNITS.get(1), "lm-infinite:global=0,local=512…[16369]", "…global=0,local=512…[16369]");
    assertThat(names.forms(UNITS.get(4)))
        .containsExactly(UNITS.get(4), "ceiling…[9208]", "…[9208]");
  }

  @Test
  void noTwoNamesAreCutAlike() {
    ShortNames names = ShortNames.of(UNITS);
    Set<String> seen = new HashSet<>();
    for (String unit : UNITS) {
      assertThat(names.forms(unit)).allSatisfy(form -> assertThat(seen.add(form)).isTrue());
    }
    // Arms of the same parameters are told apart by their kind alone.
    ShortNames arms =
        ShortNames.of(
            List.of(
                "window:local=128", "window:local=64", "truncate:local=128", "truncate:local=64"));
    assertThat(arms.forms("window:local=64")).containsExactly("window:local=64");
  }

  @Test
  void aNameOnItsOwnKeepsItsKind() {
    ShortNames names = ShortNames.of(List.of("vanilla", "lm-infinite:global=10,local=512"));
    assertThat(names.forms("vanilla")).containsExactly("vanilla");
    assertThat(names.forms("lm-infinite:global=10,local=512"))
        .containsExactly("lm-infinite:global=10,local=512", "lm-infinite…");
    assertThat(names.forms("unknown:a=1")).containsExactly("unknown:a=1");
  }
}
