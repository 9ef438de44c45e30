package org.lambdascope.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lambdascope.engine.attention.ContextPolicies;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmSessions;
import org.lambdascope.engine.experiment.ContextOptions;
import org.lambdascope.engine.format.safetensors.SafetensorsSource;
import org.lambdascope.engine.generation.ContextSession;
import org.lambdascope.engine.generation.ReplugSession;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.retrieval.Bm25Retriever;
import org.lambdascope.engine.retrieval.ScoredPassage;
import org.lambdascope.engine.task.Cancellation;

/** RePlug against its formula in PyTorch, and by windows against its definition. */
final class ReplugReferenceTest {

  private static final float TOLERANCE = 1e-5f;
  private static final int PASSAGES = 4;

  @ParameterizedTest
  @CsvSource({"tau=1, 1, 30, 64", "tau=0.5, 0.5, 7, 5"})
  void givesTheProbabilitiesOfItsFormula(String name, double temperature, int piece, int pass)
      throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read("mha");
    int[] tokens;
    float[] expected;
    List<ScoredPassage> passages = new ArrayList<>();
    try (SafetensorsSource source =
        SafetensorsSource.openFile(
            ReferenceFixture.folder("replug").resolve("expected.safetensors"))) {
      tokens = ids(ReferenceFixture.floats(source.get("tokens")));
      expected = ReferenceFixture.floats(source.get(name));
      int[] all = ids(ReferenceFixture.floats(source.get("passages")));
      float[] scores = ReferenceFixture.floats(source.get("scores"));
      for (int p = 0; p < PASSAGES; p++) {
        int n = all.length / PASSAGES;
        passages.add(new ScoredPassage(Arrays.copyOfRange(all, p * n, (p + 1) * n), scores[p]));
      }
    }
    try (LoadedDecoder model = FixtureModels.open(fixture, 2)) {
      int vocabulary = model.decoder().config().vocabularySize();
      ReplugSession session =
          new ReplugSession(
              model.decoder(),
              new ReplugSession.Shape(PASSAGES, temperature, 16, 64),
              new Bm25Retriever(),
              passages,
              pass);
      float[] found = new float[expected.length];
      for (int from = 0; from < tokens.length; from += piece) {
        session.feed(
            tokens,
            from,
            Math.min(from + piece, tokens.length),
            (row, logits, offset) ->
                System.arraycopy(logits, offset, found, row * vocabulary, vocabulary),
            Cancellation.NONE);
      }
      for (int i = 0; i < found.length; i++) {
        assertThat((float) Math.exp(found[i])).isCloseTo(expected[i], within(TOLERANCE));
      }
      float[] last = session.nextLogits(Cancellation.NONE);
      for (int y = 0; y < vocabulary; y++) {
        assertThat((float) Math.exp(last[y]))
            .isCloseTo(expected[expected.length - vocabulary + y], within(TOLERANCE));
      }
    }
  }

  private static int[] ids(float[] values) {
    int[] ids = new int[values.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (int) values[i];
    }
    return ids;
  }

  /** Every row of a longer text: retrieved, read one by one, and averaged as the Javadoc says. */
  @Test
  void scoresByWindowsWithRetrievedPassages() throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read("gqa");
    int[] text = Arrays.copyOf(fixture.tokens(), 70);
    Arm arm = FixtureModels.arm("replug:passages=3,temperature=0.5,chunk=8,window=20");
    try (LoadedDecoder model = FixtureModels.open(fixture, 1)) {
      Decoder decoder = model.decoder();
      int vocabulary = decoder.config().vocabularySize();
      float[] found = FixtureModels.logits(decoder, arm, text, 9, 33);
      for (int row = 0; row < text.length; row++) {
        int start = (row + 1) / 20 * 20;
        List<ScoredPassage> passages = List.of(new ScoredPassage(new int[0], 0));
        if (start > 0) {
          List<int[]> chunks = new ArrayList<>();
          for (int from = 0; from < start; from += 8) {
            chunks.add(Arrays.copyOfRange(text, from, Math.min(from + 8, start)));
          }
          int[] query = chunks.removeLast();
          passages = new Bm25Retriever().retrieve(chunks, query, 3);
        }
        double normaliser = passages.stream().mapToDouble(p -> Math.exp(p.score() / 0.5)).sum();
        double[] expected = new double[vocabulary];
        for (ScoredPassage passage : passages) {
          int[] inputs = inputs(text, start, row, passage.tokens());
          DecoderSession session =
              decoder.newSession(ContextPolicies.vanilla(), inputs.length, Probe.NONE);
          session.forward(inputs, 0, inputs.length, Cancellation.NONE);
          float[] logits = new float[vocabulary];
          session.logits(inputs.length - 1, 1, logits, 0);
          double sum = decoder.kernels().logSumExp(logits, 0, vocabulary);
          for (int y = 0; y < vocabulary; y++) {
            expected[y] += Math.exp(passage.score() / 0.5) / normaliser * Math.exp(logits[y] - sum);
          }
        }
        for (int y = 0; y < vocabulary; y++) {
          assertThat(Math.exp(found[row * vocabulary + y]))
              .as("row %d", row)
              .isCloseTo(expected[y], within(1e-5));
        }
      }
    }
  }

  private static int[] inputs(int[] text, int start, int row, int[] passage) {
    List<Integer> inputs = new ArrayList<>();
    if (start > 0) {
      inputs.add(1);
    }
    Arrays.stream(passage).forEach(inputs::add);
    for (int t = start; t <= row; t++) {
      inputs.add(text[t]);
    }
    return inputs.stream().mapToInt(Integer::intValue).toArray();
  }

  @Test
  void passagesMayBeGiven() throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read("gqa");
    try (LoadedDecoder model = FixtureModels.open(fixture, 1)) {
      ContextSession session =
          ArmSessions.start(
              model.decoder(),
              FixtureModels.arm("replug:passages=1,chunk=8,window=20"),
              8,
              Probe.NONE,
              new ContextOptions(
                  null,
                  List.of(
                      new ScoredPassage(new int[] {4, 5, 6}, 0),
                      new ScoredPassage(new int[] {7}, 0))));
      session.feed(new int[] {1, 9, 10}, 0, 3, null, Cancellation.NONE);
      int[] inputs = {1, 4, 5, 6, 9, 10};
      DecoderSession plain = model.decoder().newSession(ContextPolicies.vanilla(), 6, Probe.NONE);
      plain.forward(inputs, 0, 6, Cancellation.NONE);
      float[] expected = new float[model.decoder().config().vocabularySize()];
      plain.logits(5, 1, expected, 0);
      double sum = model.decoder().kernels().logSumExp(expected, 0, expected.length);
      float[] found = session.nextLogits(Cancellation.NONE);
      for (int y = 0; y < expected.length; y++) {
        assertThat((double) found[y]).isCloseTo(expected[y] - sum, within(1e-4));
      }
    }
  }

  @Test
  void bm25FindsWhatSharesRareTerms() {
    List<int[]> passages =
        List.of(new int[] {1, 1, 2, 3}, new int[] {1, 9, 8, 1}, new int[] {4, 1, 5, 6});
    List<ScoredPassage> found = new Bm25Retriever().retrieve(passages, new int[] {1, 9}, 5);
    assertThat(found).hasSize(3);
    assertThat(found.get(0).tokens()).containsExactly(1, 9, 8, 1);
    assertThat(found.get(0).score()).isGreaterThan(found.get(1).score());
    List<ScoredPassage> none = new Bm25Retriever().retrieve(passages, new int[] {77}, 2);
    assertThat(none).hasSize(2).allSatisfy(p -> assertThat(p.score()).isZero());
  }
}
