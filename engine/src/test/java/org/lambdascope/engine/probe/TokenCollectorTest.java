package org.lambdascope.engine.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which hidden states are kept. */
final class TokenCollectorTest {

  private static final int WIDTH = 4;

  /** Offers states from position {@code first} on, a few at a time, beyond the query too. */
  private static TokenCollector collect(int first, int query, int mostSampled, int mostKept) {
    TokenCollector collector =
        new TokenCollector(query, 0, 1, 1, WIDTH, 0, mostSampled, mostKept * WIDTH);
    for (int from = first; from < query + 9; from += 7) {
      float[] values = new float[7 * WIDTH];
      for (int row = 0; row < 7; row++) {
        values[row * WIDTH] = from + row;
      }
      collector.hidden(Tap.LAYER_OUTPUT, 0, from, 7, values, 0, WIDTH);
    }
    return collector;
  }

  @ParameterizedTest
  @CsvSource({"0,999,100,1000", "0,999,100,200", "600,999,64,70", "0,5,100,3", "3,3,1,1"})
  void keepsWhatThereIsRoomForAndASampleOfIt(int first, int query, int sampled, int kept) {
    TokenCollector found = collect(first, query, sampled, kept);
    int all = query - first + 1;
    assertThat(found.seen()).isEqualTo(all);
    assertThat(found.positions()).isSorted().contains(first, query).endsWith(query);
    assertThat(found.sample()).contains(first, query);
    assertThat(found.positions()).contains(found.sample());
    for (int row = 0; row < found.positions().length; row++) {
      assertThat(found.states()[row * WIDTH]).isEqualTo(found.positions()[row]);
    }
    if (all <= kept) {
      assertThat(found.positions()).hasSize(all);
    } else {
      assertThat(found.positions().length).isLessThanOrEqualTo(Math.max(kept, 17));
    }
    assertThat(found.sample().length).isLessThanOrEqualTo(Math.max(sampled, 17));
  }

  @Test
  void nothingOfferedIsNothingKept() {
    TokenCollector collector = new TokenCollector(3, 0, 1, 1, WIDTH, 0, 10);
    assertThat(collector.positions()).isEmpty();
    assertThat(collector.sample()).isEmpty();
    assertThat(collector.seen()).isZero();
  }
}
