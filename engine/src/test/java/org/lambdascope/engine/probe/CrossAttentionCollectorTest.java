package org.lambdascope.engine.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CrossAttentionCollectorTest {

  private static final int TOKENS = 2 * CrossAttentionSummary.MOST_BINS;
  private static final int HEADS = 2;

  /** Queries 0–2 have no context, 3–4 one chunk, 5 and later two, of which the new one gets 0.6. */
  @Test
  void aChunksShareIsTheMeanOverTheQueriesThatHadIt() {
    CrossAttentionCollector collector = new CrossAttentionCollector(1, TOKENS, 3);
    for (int query = 3; query < TOKENS; query++) {
      for (int head = 0; head < HEADS; head++) {
        if (query < 5) {
          collector.crossAttention(0, head, query, 0, 1);
        } else {
          collector.crossAttention(0, head, query, 0, 0.4);
          collector.crossAttention(0, head, query, 1, 0.25);
          collector.crossAttention(0, head, query, 1, 0.35); // a long chunk comes in parts
        }
      }
    }
    CrossAttentionSummary found = collector.result();
    assertThat(found.binWidth()).isEqualTo(2);
    assertThat(found.mass(0, 0, 0)).as("no context").isNaN();
    assertThat(found.mass(0, 1, 0)).as("one query of two had it").isEqualTo(1);
    assertThat(found.mass(0, 1, 1)).as("no query had it").isZero();
    assertThat(found.mass(0, 2, 0)).as("both had it").isEqualTo(0.7f);
    assertThat(found.mass(0, 2, 1)).as("the later had it").isEqualTo(0.6f);
    assertThat(found.mass(0, 3, 1)).isEqualTo(0.6f);
    assertThat(found.mass(0, 3, 2)).isZero();
  }
}
