package org.lambdascope.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The ring keeps what later queries can need, whatever the sizes. */
final class CacheLayoutProperties {

  @Property(seed = "20")
  void sinksAndRecentPositionsHaveRowsOfTheirOwn(
      @ForAll @IntRange(min = 0, max = 100) int sinks,
      @ForAll @IntRange(min = 1, max = 150) int recent,
      @ForAll @IntRange(min = 1, max = 70) int chunk,
      @ForAll @IntRange(min = 0, max = 2000) int first) {
    CacheLayout layout = CacheLayout.keeping(sinks, recent, chunk);
    Map<Integer, Integer> positionOfRow = new HashMap<>();
    int end = first + chunk;
    for (int p = 0; p < end; p++) {
      if (p < sinks || p > first - recent) {
        assertThat(positionOfRow.put(layout.row(p), p))
            .as("row of position %d, queries from %d", p, first)
            .isNull();
        assertThat((long) layout.row(p)).isLessThan(layout.rows(end));
      }
    }
  }

  @Property(seed = "20")
  void consecutivePositionsLieInConsecutiveRows(
      @ForAll @IntRange(min = 0, max = 100) int sinks,
      @ForAll @IntRange(min = 1, max = 150) int recent,
      @ForAll @IntRange(min = 1, max = 70) int chunk,
      @ForAll @IntRange(min = 0, max = 2000) int position) {
    CacheLayout layout = CacheLayout.keeping(sinks, recent, chunk);
    int run = layout.consecutive(position);
    assertThat(run).isPositive();
    for (int n = 1; n < run; n++) {
      assertThat(layout.row(position + n)).isEqualTo(layout.row(position) + n);
    }
  }

  @Property(seed = "20")
  void rowsAreBoundedWhateverTheLength(
      @ForAll @IntRange(min = 0, max = 100) int sinks,
      @ForAll @IntRange(min = 1, max = 150) int recent,
      @ForAll @IntRange(min = 1, max = 70) int chunk) {
    long most = CacheLayout.keeping(sinks, recent, chunk).rows(1L << 40);
    assertThat(most).isLessThan((long) sinks + recent + chunk + KeyValueCache.BLOCK);
  }

  @Property(seed = "20", tries = 20)
  void aWindowLongerThanAnyTextNeverCloses(
      @ForAll @IntRange(min = Integer.MAX_VALUE - 1000, max = Integer.MAX_VALUE) int recent) {
    CacheLayout layout = CacheLayout.keeping(10, recent, 256);
    assertThat(layout.row(1_000_000)).isEqualTo(1_000_000);
  }
}
