package org.lambdascope.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class StopStringsTest {

  @Test
  void holdsBackWhatMayBecomeAStopString() {
    StopStrings stops = new StopStrings(List.of("\n\nEnd"));
    assertThat(stops.push("a\n")).isEqualTo("a");
    assertThat(stops.push("b")).isEqualTo("\nb");
    assertThat(stops.push("c\n\nE")).isEqualTo("c");
    assertThat(stops.push("nd of it")).isEmpty();
    assertThat(stops.found()).isTrue();
    assertThat(stops.push("more")).isEmpty();
    assertThat(stops.finish()).isEmpty();
  }

  @Test
  void keepsAnOverlappingBeginning() {
    StopStrings stops = new StopStrings(List.of("aab"));
    assertThat(stops.push("aa")).isEmpty();
    assertThat(stops.push("a")).isEqualTo("a");
    assertThat(stops.push("b!")).isEmpty();
    assertThat(stops.found()).isTrue();
  }

  @Test
  void givesBackWhatItHeldAtTheEnd() {
    StopStrings stops = new StopStrings(List.of("stop"));
    assertThat(stops.push("do st")).isEqualTo("do ");
    assertThat(stops.finish()).isEqualTo("st");
    assertThat(stops.found()).isFalse();
  }

  @Test
  void theStopStringThatIsCompleteFirstWins() {
    StopStrings stops = new StopStrings(List.of("abcd", "bc"));
    assertThat(stops.push("xabcd")).isEqualTo("xa");
    StopStrings together = new StopStrings(List.of("bc", "abc"));
    assertThat(together.push("xabc")).isEqualTo("x");
  }

  @Property(seed = "20", tries = 500)
  void piecesDoNotMatter(
      @ForAll @StringLength(max = 30) @CharRange(from = 'a', to = 'c') String text,
      @ForAll @Size(max = 3)
          List<@StringLength(min = 1, max = 4) @CharRange(from = 'a', to = 'c') String> stopList,
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 7) Integer> pieces) {
    StopStrings whole = new StopStrings(stopList);
    String expected = whole.push(text) + whole.finish();

    StopStrings split = new StopStrings(stopList);
    StringBuilder actual = new StringBuilder();
    int piece = 0;
    for (int from = 0; from < text.length(); ) {
      int to = Math.min(text.length(), from + pieces.get(piece++ % pieces.size()));
      actual.append(split.push(text.substring(from, to)));
      assertThat(text).startsWith(actual);
      from = to;
    }
    actual.append(split.finish());
    assertThat(actual.toString()).isEqualTo(expected);
    assertThat(split.found()).isEqualTo(whole.found());
    assertThat(stopList).noneMatch(actual.toString()::contains);
  }
}
