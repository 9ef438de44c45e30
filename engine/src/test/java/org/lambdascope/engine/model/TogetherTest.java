package org.lambdascope.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.probe.Tap;
import org.lambdascope.engine.task.Cancellation;

/** Texts that one pass reads a token of each: to the last bit what each gives alone. */
final class TogetherTest {

  private static final int CHUNK = 16;
  private static final int STEPS = 24;

  static Stream<String> models() {
    return FamilyArmsTest.models().stream();
  }

  /** Arms that read through the cache, with prompts of different lengths. */
  @ParameterizedTest
  @MethodSource("models")
  void everyTextIsAsIfAlone(String name) throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read(name);
    try (LoadedDecoder model = FixtureModels.open(fixture, 2)) {
      Decoder decoder = model.decoder();
      List<String> arms =
          fixture.logits().keySet().stream()
              .filter(arm -> FixtureModels.arm(arm).kind() != ArmKind.TRUNCATE)
              .limit(Kernels.TOGETHER)
              .toList();
      assertThat(arms).hasSizeGreaterThan(1);
      List<Reader> alone = readers(decoder, arms, fixture.tokens());
      List<Reader> together = readers(decoder, arms, fixture.tokens());
      DecoderSession lead = together.getFirst().session;
      DecoderSession[] others =
          together.stream().skip(1).map(r -> r.session).toArray(DecoderSession[]::new);
      assertThat(others).allMatch(lead::canReadWith);
      int vocabulary = decoder.config().vocabularySize();
      float[] joint = new float[arms.size() * vocabulary];
      float[] one = new float[vocabulary];
      for (int step = 0; step < STEPS; step++) {
        int[] ids = new int[arms.size()];
        for (int i = 0; i < ids.length; i++) {
          ids[i] = fixture.tokens()[together.get(i).session.position()];
        }
        lead.forwardTogether(others, ids, Cancellation.NONE);
        lead.logits(0, ids.length, joint, 0);
        for (int i = 0; i < ids.length; i++) {
          alone.get(i).session.forward(ids, i, 1, Cancellation.NONE);
          alone.get(i).session.logits(0, 1, one, 0);
          float[] row = Arrays.copyOfRange(joint, i * vocabulary, (i + 1) * vocabulary);
          assertThat(row).as("%s, %s, step %d", name, arms.get(i), step).isEqualTo(one);
        }
      }
      for (int i = 0; i < arms.size(); i++) {
        assertThat(together.get(i).session.position()).isEqualTo(alone.get(i).session.position());
        assertThat(together.get(i).heard).as(arms.get(i)).isEqualTo(alone.get(i).heard);
      }
    }
  }

  @Test
  void aCancelledPassHasReadNothing() throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read("gqa");
    try (LoadedDecoder model = FixtureModels.open(fixture, 1)) {
      List<Reader> texts =
          readers(model.decoder(), List.of("vanilla", "vanilla"), fixture.tokens());
      DecoderSession lead = texts.getFirst().session;
      DecoderSession[] others = {texts.getLast().session};
      int position = lead.position();
      assertThatThrownBy(() -> lead.forwardTogether(others, new int[] {1, 2}, () -> true))
          .isInstanceOf(CancellationException.class);
      assertThat(lead.position()).isEqualTo(position);
      assertThatThrownBy(() -> lead.logits(0, 1, new float[4096], 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("[0, 0)");
    }
  }

  @Test
  void onlyTextsOfOneDecoderAreReadTogether() throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read("gqa");
    try (LoadedDecoder model = FixtureModels.open(fixture, 1);
        LoadedDecoder same = FixtureModels.open(fixture, 1)) {
      DecoderSession a = session(model.decoder(), "vanilla", Probe.NONE, CHUNK);
      assertThat(a.canReadWith(session(model.decoder(), "vanilla", Probe.NONE, CHUNK))).isTrue();
      assertThat(a.canReadWith(a)).isFalse();
      assertThat(a.canReadWith(session(same.decoder(), "vanilla", Probe.NONE, CHUNK))).isFalse();
      assertThat(a.mostTogether()).isEqualTo(Kernels.TOGETHER);
      assertThat(session(model.decoder(), "vanilla", Probe.NONE, 3).mostTogether()).isEqualTo(3);
      DecoderSession[] many =
          Stream.generate(() -> session(model.decoder(), "vanilla", Probe.NONE, CHUNK))
              .limit(Kernels.TOGETHER)
              .toArray(DecoderSession[]::new);
      assertThatThrownBy(
              () -> a.forwardTogether(many, new int[Kernels.TOGETHER + 1], Cancellation.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected 1 to 7 tokens");
    }
  }

  private static DecoderSession session(Decoder decoder, String arm, Probe probe, int chunk) {
    return decoder.newSession(
        FixtureModels.arm(arm).policy(decoder.config().slidingWindow()), chunk, probe);
  }

  private static List<Reader> readers(Decoder decoder, List<String> arms, int[] tokens) {
    List<Reader> readers = new ArrayList<>();
    for (String arm : arms) {
      Reader reader = new Reader(decoder, arm);
      int prompt = 20 + 13 * readers.size();
      for (int from = 0; from < prompt; from += CHUNK) {
        reader.session.forward(tokens, from, Math.min(CHUNK, prompt - from), Cancellation.NONE);
      }
      readers.add(reader);
    }
    return readers;
  }

  /** A text and what its probe has heard. */
  private static final class Reader implements Probe {
    private final DecoderSession session;
    private final List<String> heard = new ArrayList<>();

    Reader(Decoder decoder, String arm) {
      session = session(decoder, arm, this, CHUNK);
    }

    @Override
    public boolean wantsHidden(Tap tap, int layer) {
      return layer != 1;
    }

    @Override
    public void hidden(
        Tap tap, int layer, int firstPosition, int rows, float[] values, int offset, int width) {
      float[] own = Arrays.copyOfRange(values, offset, offset + rows * width);
      heard.add("%s %d %d: %s".formatted(tap, layer, firstPosition, Arrays.toString(own)));
    }
  }
}
