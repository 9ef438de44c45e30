package org.lambdascope.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lambdascope.engine.attention.ContextPolicies;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.task.Cancellation;

/** CEPE against its transcription in PyTorch, and its exact invariants, in both forms. */
final class CepeReferenceTest {

  private static final float TOLERANCE = 1e-3f;
  private static final List<String> MODELS = List.of("cepe-mha", "cepe-gqa");

  static Stream<Arguments> modelsAndForms() {
    return MODELS.stream()
        .flatMap(m -> Stream.of(CrossAttentionForm.values()).map(f -> Arguments.of(m, f)));
  }

  @ParameterizedTest
  @MethodSource("modelsAndForms")
  void contextGivesTheLogitsOfItsDefinition(String name, CrossAttentionForm form)
      throws IOException {
    CepeFixture fixture = CepeFixture.read(name);
    try (LoadedDecoder model = ModelLoader.openDecoder(fixture.folder(), 2)) {
      ContextDecoder decoder = (ContextDecoder) model.decoder();
      List<EncodedChunk> chunks = decoder.encoder().encode(fixture.chunks(), Cancellation.NONE);
      for (int passed : new int[] {1, 7, 40}) {
        for (int n : new int[] {1, 3, 7}) {
          EncodedContext context = new EncodedContext(chunks.subList(0, n));
          near(logits(decoder, form, context, fixture.tokens(), passed), fixture, "chunks=" + n);
        }
        EncodedContext ragged = new EncodedContext(chunks);
        assertThat(ragged.tokens()).isEqualTo(fixture.context().length);
        near(logits(decoder, form, ragged, fixture.tokens(), passed), fixture, "ragged");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("modelsAndForms")
  void paddingIsSeenByNobody(String name, CrossAttentionForm form) throws IOException {
    CepeFixture fixture = CepeFixture.read(name);
    try (LoadedDecoder model = ModelLoader.openDecoder(fixture.folder(), 2)) {
      ContextDecoder decoder = (ContextDecoder) model.decoder();
      List<EncodedChunk> chunks = new ArrayList<>();
      for (int c = 0; c < fixture.chunks().size(); c++) {
        chunks.add(
            decoder
                .encoder()
                .encode(fixture.chunks().get(c), fixture.masks().get(c), Cancellation.NONE));
      }
      EncodedContext context = new EncodedContext(chunks);
      near(logits(decoder, form, context, fixture.tokens(), 40), fixture, "padded");
    }
  }

  @ParameterizedTest
  @MethodSource("modelsAndForms")
  void withoutVisibleContextItIsTheBaseModelBitForBit(String name, CrossAttentionForm form)
      throws IOException {
    CepeFixture fixture = CepeFixture.read(name);
    try (LoadedDecoder model = ModelLoader.openDecoder(fixture.folder(), 2)) {
      ContextDecoder decoder = (ContextDecoder) model.decoder();
      DecoderSession plain = decoder.newSession(ContextPolicies.vanilla(), 16, Probe.NONE);
      float[] base = logits(plain, decoder, fixture.tokens(), 16);
      near(base, fixture, "none");
      assertThat(logits(decoder, form, EncodedContext.EMPTY, fixture.tokens(), 16)).isEqualTo(base);
      EncodedChunk masked =
          decoder
              .encoder()
              .encode(fixture.chunks().get(0), new boolean[CepeFixture.CHUNK], Cancellation.NONE);
      EncodedContext hidden = new EncodedContext(List.of(masked, masked));
      assertThat(logits(decoder, form, hidden, fixture.tokens(), 16)).isEqualTo(base);
    }
  }

  @ParameterizedTest
  @MethodSource("modelsAndForms")
  void orderOfChunksChangesNothingButRounding(String name, CrossAttentionForm form)
      throws IOException {
    CepeFixture fixture = CepeFixture.read(name);
    try (LoadedDecoder model = ModelLoader.openDecoder(fixture.folder(), 2)) {
      ContextDecoder decoder = (ContextDecoder) model.decoder();
      List<EncodedChunk> chunks = decoder.encoder().encode(fixture.chunks(), Cancellation.NONE);
      List<EncodedChunk> permuted = new ArrayList<>(chunks);
      Collections.shuffle(permuted, new Random(5));
      float[] found = logits(decoder, form, new EncodedContext(permuted), fixture.tokens(), 16);
      float[] inOrder = logits(decoder, form, new EncodedContext(chunks), fixture.tokens(), 16);
      assertThat(FixtureModels.maxDifference(found, inOrder)).isLessThanOrEqualTo(1e-4f);
    }
  }

  @ParameterizedTest
  @MethodSource("modelsAndForms")
  void threadsAndExtensionsChangeNoBit(String name, CrossAttentionForm form) throws IOException {
    CepeFixture fixture = CepeFixture.read(name);
    List<int[]> chunks = new ArrayList<>();
    for (int c = 0; c < 60; c++) { // enough blocks to be split into parts
      int[] chunk = fixture.chunks().get(c % 7).clone();
      chunk[0] = c % 19;
      chunks.add(chunk);
    }
    List<float[]> found = new ArrayList<>();
    for (int threads : new int[] {1, 2, 3}) {
      try (LoadedDecoder model = ModelLoader.openDecoder(fixture.folder(), threads)) {
        ContextDecoder decoder = (ContextDecoder) model.decoder();
        EncodedContext whole =
            new EncodedContext(decoder.encoder().encode(chunks, Cancellation.NONE));
        found.add(logits(decoder, form, whole, fixture.tokens(), 16));
        EncodedContext extended = EncodedContext.EMPTY;
        ContextDecoderSession session =
            decoder.newSession(ContextPolicies.vanilla(), 16, form, Probe.NONE);
        for (int[] chunk : chunks) {
          extended = extended.with(decoder.encoder().encode(List.of(chunk), Cancellation.NONE));
          session.attendTo(extended);
        }
        assertThat(extended.chunks().get(0)).isSameAs(whole.chunks().get(0));
        found.add(logits(session, decoder, fixture.tokens(), 16));
      }
    }
    assertThat(found).allSatisfy(logits -> assertThat(logits).isEqualTo(found.get(0)));
  }

  @ParameterizedTest
  @MethodSource("modelsAndForms")
  void sharesOfAttentionAreThoseOfTheDefinition(String name, CrossAttentionForm form)
      throws IOException {
    CepeFixture fixture = CepeFixture.read(name);
    try (LoadedDecoder model = ModelLoader.openDecoder(fixture.folder(), 2)) {
      ContextDecoder decoder = (ContextDecoder) model.decoder();
      List<EncodedChunk> chunks = decoder.encoder().encode(fixture.chunks(), Cancellation.NONE);
      int layers = decoder.config().layers();
      int heads = decoder.config().heads();
      float[] expected = fixture.expected("mass"); // [crossed layers, heads, T, chunks]
      int positions = fixture.tokens().length;
      int first = layers - expected.length / (heads * positions * chunks.size());
      float[] mass = new float[expected.length];
      Probe probe =
          new Probe() {
            @Override
            public boolean wantsCrossAttention(int layer) {
              return true;
            }

            @Override
            public void crossAttention(int layer, int head, int query, int chunk, double share) {
              int row = ((layer - first) * heads + head) * positions + query;
              mass[row * chunks.size() + chunk] += (float) share;
            }
          };
      ContextDecoderSession session =
          decoder.newSession(ContextPolicies.vanilla(), 16, form, probe);
      session.attendTo(new EncodedContext(chunks));
      logits(session, decoder, fixture.tokens(), 16);
      for (int i = 0; i < mass.length; i++) {
        assertThat(mass[i]).as("entry %d", i).isCloseTo(expected[i], within(1e-5f));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("modelsAndForms")
  void bytesArePredicted(String name, CrossAttentionForm form) throws IOException {
    CepeFixture fixture = CepeFixture.read(name);
    try (LoadedDecoder model = ModelLoader.openDecoder(fixture.folder(), 1)) {
      ContextDecoder decoder = (ContextDecoder) model.decoder();
      ContextDecoderSession session =
          decoder.newSession(ContextPolicies.vanilla(), 16, form, Probe.NONE);
      session.attendTo(
          new EncodedContext(decoder.encoder().encode(fixture.chunks(), Cancellation.NONE)));
      CrossAttentionForecast forecast =
          decoder.forecast(fixture.context().length, CepeFixture.CHUNK, 40, 8).stream()
              .filter(f -> f.form() == form)
              .findFirst()
              .orElseThrow();
      assertThat(session.contextBytes()).isEqualTo(forecast.bytes());
      assertThat(forecast.seconds()).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("modelsAndForms")
  void chunksOfAnotherEncoderAreRefused(String name, CrossAttentionForm form) throws IOException {
    CepeFixture fixture = CepeFixture.read(name);
    try (LoadedDecoder model = ModelLoader.openDecoder(fixture.folder(), 1);
        LoadedDecoder other = ModelLoader.openDecoder(fixture.folder(), 1)) {
      EncodedContext context =
          new EncodedContext(
              ((ContextDecoder) other.decoder())
                  .encoder()
                  .encode(fixture.chunks(), Cancellation.NONE));
      ContextDecoderSession session =
          ((ContextDecoder) model.decoder())
              .newSession(ContextPolicies.vanilla(), 16, form, Probe.NONE);
      assertThatThrownBy(() -> session.attendTo(context))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("own encoder");
    }
  }

  @Test
  void pytorchShardsHoldTheSameModel() throws IOException {
    CepeFixture fixture = CepeFixture.read("cepe-mha");
    List<float[]> found = new ArrayList<>();
    for (String name : List.of("cepe-mha", "cepe-bin")) {
      try (LoadedDecoder model = ModelLoader.openDecoder(ReferenceFixture.folder(name), 1)) {
        ContextDecoder decoder = (ContextDecoder) model.decoder();
        EncodedContext context =
            new EncodedContext(decoder.encoder().encode(fixture.chunks(), Cancellation.NONE));
        found.add(logits(decoder, CrossAttentionForm.ABSORBED, context, fixture.tokens(), 40));
        assertThat(model.format()).isEqualTo(name.endsWith("bin") ? "PyTorch" : "safetensors");
      }
    }
    assertThat(found.get(1)).isEqualTo(found.get(0));
  }

  private static void near(float[] logits, CepeFixture fixture, String name) throws IOException {
    assertThat(FixtureModels.maxDifference(logits, fixture.expected(name)))
        .as("%s: max |Δlogit| against PyTorch", name)
        .isLessThanOrEqualTo(TOLERANCE);
  }

  private static float[] logits(
      ContextDecoder decoder,
      CrossAttentionForm form,
      EncodedContext context,
      int[] tokens,
      int passed) {
    ContextDecoderSession session =
        decoder.newSession(ContextPolicies.vanilla(), passed, form, Probe.NONE);
    session.attendTo(context);
    return logits(session, decoder, tokens, passed);
  }

  private static float[] logits(DecoderSession session, Decoder decoder, int[] tokens, int passed) {
    int vocabulary = decoder.config().vocabularySize();
    float[] all = new float[tokens.length * vocabulary];
    for (int from = 0; from < tokens.length; from += passed) {
      int n = Math.min(passed, tokens.length - from);
      session.forward(tokens, from, n, Cancellation.NONE);
      session.logits(0, n, all, from * vocabulary);
    }
    return all;
  }
}
