package org.lambdascope.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lambdascope.engine.generation.GenerationResult.StopReason;
import org.lambdascope.engine.kernels.scalar.ScalarKernels;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.tokenizer.StreamingDecoder;
import org.lambdascope.engine.tokenizer.Tokenizer;

class GeneratorTest {

  /** Ids are UTF-8 bytes; 0 is EOS. */
  private static final int EOS = 0;

  @Test
  void writesWhatTheModelSays() {
    Recorder heard = new Recorder();
    GenerationResult result = generate("ab", "cdef", options(3), heard);
    assertThat(result.ids()).containsExactly('c', 'd', 'e');
    assertThat(result.text()).isEqualTo("cde");
    assertThat(result.stop()).isEqualTo(StopReason.LENGTH);
    assertThat(heard.text.toString()).isEqualTo("cde");
    assertThat(heard.pieces).containsExactly("c", "d", "e");
  }

  @Test
  void endsAtEos() {
    Recorder heard = new Recorder();
    GenerationResult result = generate("ab", "cd\0ef", options(9), heard);
    assertThat(result.ids()).containsExactly('c', 'd', EOS);
    assertThat(result.text()).isEqualTo("cd");
    assertThat(result.nll()).hasSize(3);
    assertThat(result.stop()).isEqualTo(StopReason.EOS);
  }

  @Test
  void readsPastEosWhenToldTo() {
    GenerationOptions options =
        new GenerationOptions(4, SamplingOptions.GREEDY, List.of(), false, 8);
    GenerationResult result = generate("ab", "c\0de", options, new Recorder());
    assertThat(result.ids()).containsExactly('c', EOS, 'd', 'e');
    assertThat(result.stop()).isEqualTo(StopReason.LENGTH);
  }

  @Test
  void cutsBeforeAStopStringAcrossTokens() {
    Recorder heard = new Recorder();
    GenerationOptions options =
        new GenerationOptions(20, SamplingOptions.GREEDY, List.of("End"), true, 8);
    GenerationResult result = generate("ab", "so, Een Endless", options, heard);
    assertThat(result.text()).isEqualTo("so, Een ");
    assertThat(result.stop()).isEqualTo(StopReason.STOP_STRING);
    assertThat(result.ids()).hasSize("so, Een End".length());
    assertThat(heard.text.toString()).isEqualTo("so, Een ");
    assertThat(heard.pieces).doesNotContain("E").contains("Ee");
  }

  @Test
  void streamsWhatItHeldWhenTheLengthIsReached() {
    Recorder heard = new Recorder();
    GenerationOptions options =
        new GenerationOptions(3, SamplingOptions.GREEDY, List.of("cde!"), true, 8);
    GenerationResult result = generate("ab", "cde", options, heard);
    assertThat(result.text()).isEqualTo("cde");
    assertThat(heard.pieces).containsExactly("", "", "cde");
  }

  @Test
  void flushesHalfACharacterAtTheEnd() {
    Recorder heard = new Recorder();
    GenerationResult result = generate("ab", "né", options(2), heard);
    assertThat(result.text()).isEqualTo("n\uFFFD");
    assertThat(heard.text.toString()).isEqualTo("n\uFFFD");
  }

  @Test
  void reportsNllBeforeFilters() {
    ScriptedSession session = new ScriptedSession("ab", "cd");
    GenerationOptions options =
        new GenerationOptions(2, new SamplingOptions(0.1, 1, 0.5, 0.1, 1, 7), List.of(), true, 8);
    GenerationResult result =
        Generator.generate(
            session,
            new Bytes(),
            bytes("ab"),
            options,
            GenerationListener.NONE,
            new ScalarKernels(),
            Cancellation.NONE);
    // One logit of 10 among 255 of 0.
    double expected = Math.log(Math.exp(10) + 255) - 10;
    assertThat(result.nll()).hasSize(2);
    assertThat((double) result.nll()[1]).isCloseTo(expected, within(1e-6));
  }

  @Test
  void idsThatPadTheVocabularyHaveNoText() {
    Tokenizer narrow = new Bytes('d');
    GenerationResult result =
        Generator.generate(
            new ScriptedSession("ab", "cdc"),
            narrow,
            bytes("ab"),
            options(3),
            GenerationListener.NONE,
            new ScalarKernels(),
            Cancellation.NONE);
    assertThat(result.ids()).containsExactly('c', 'd', 'c');
    assertThat(result.text()).isEqualTo("cc");
  }

  @Test
  void readsThePromptInChunksAndOnlyWhatIsNew() {
    ScriptedSession session = new ScriptedSession("abcdefgh", "xyz");
    session.feed(bytes("abcdefgh"), 0, 3, null, Cancellation.NONE);
    session.feeds.clear();
    Recorder heard = new Recorder();
    GenerationOptions options =
        new GenerationOptions(3, SamplingOptions.GREEDY, List.of(), true, 2);
    Generator.generate(
        session,
        new Bytes(),
        bytes("abcdefgh"),
        options,
        heard,
        new ScalarKernels(),
        Cancellation.NONE);
    assertThat(session.feeds).containsExactly("3-5", "5-7", "7-8", "8-9", "9-10");
    assertThat(heard.read).containsExactly(5, 7, 8);
  }

  @Test
  void keepsWhatItHasWhenCancelled() {
    Recorder heard = new Recorder();
    GenerationResult result =
        Generator.generate(
            new ScriptedSession("ab", "cdefgh"),
            new Bytes(),
            bytes("ab"),
            new GenerationOptions(6, SamplingOptions.GREEDY, List.of("e!"), true, 8),
            heard,
            new ScalarKernels(),
            () -> heard.pieces.size() >= 3);
    assertThat(result.stop()).isEqualTo(StopReason.CANCELLED);
    assertThat(result.ids()).containsExactly('c', 'd', 'e');
    assertThat(result.text()).isEqualTo("cde");
    assertThat(result.nll()).hasSize(3);
  }

  @Test
  void cancelsWhileThePromptIsRead() {
    Recorder heard = new Recorder();
    ScriptedSession session = new ScriptedSession("abcdefgh", "x");
    GenerationResult result =
        Generator.generate(
            session,
            new Bytes(),
            bytes("abcdefgh"),
            new GenerationOptions(6, SamplingOptions.GREEDY, List.of(), true, 2),
            heard,
            new ScalarKernels(),
            () -> !heard.read.isEmpty());
    assertThat(result.stop()).isEqualTo(StopReason.CANCELLED);
    assertThat(result.ids()).isEmpty();
    assertThat(result.text()).isEmpty();
    assertThat(session.position()).isEqualTo(2);
  }

  @Test
  void textsEndEachInItsTime() {
    Recorder first = new Recorder();
    Recorder second = new Recorder();
    List<GenerationResult> results =
        Generator.generate(
            List.of(
                new Generator.Text(new ScriptedSession("ab", "c\0"), bytes("ab"), first),
                new Generator.Text(new ScriptedSession("xyz", "uvw!"), bytes("xyz"), second)),
            new Bytes(),
            options(3),
            new ScalarKernels(),
            Cancellation.NONE);
    assertThat(results).extracting(GenerationResult::text).containsExactly("c", "uvw");
    assertThat(results)
        .extracting(GenerationResult::stop)
        .containsExactly(StopReason.EOS, StopReason.LENGTH);
    assertThat(first.text.toString()).isEqualTo("c");
    assertThat(second.text.toString()).isEqualTo("uvw");
  }

  @Test
  void cancellingKeepsWhatEachTextHas() {
    Recorder first = new Recorder();
    Recorder second = new Recorder();
    List<GenerationResult> results =
        Generator.generate(
            List.of(
                new Generator.Text(new ScriptedSession("ab", "c\0"), bytes("ab"), first),
                new Generator.Text(new ScriptedSession("ab", "defgh"), bytes("ab"), second)),
            new Bytes(),
            options(5),
            new ScalarKernels(),
            () -> second.pieces.size() >= 3);
    assertThat(results).extracting(GenerationResult::text).containsExactly("c", "def");
    assertThat(results)
        .extracting(GenerationResult::stop)
        .containsExactly(StopReason.EOS, StopReason.CANCELLED);
  }

  @Test
  void theSameSeedGivesTheSameText() {
    GenerationOptions options =
        new GenerationOptions(40, new SamplingOptions(3, 0, 0.99, 0, 1.1, 5), List.of(), false, 8);
    int[] first = generate("ab", "cdef", options, new Recorder()).ids();
    int[] second = generate("ab", "cdef", options, new Recorder()).ids();
    assertThat(second).isEqualTo(first);
  }

  @Test
  void refusesAnEmptyOrShorterPrompt() {
    assertThatThrownBy(() -> generate("", "x", options(1), new Recorder()))
        .hasMessageContaining("at least 1 token");
    ScriptedSession session = new ScriptedSession("abc", "x");
    session.feed(bytes("abc"), 0, 3, null, Cancellation.NONE);
    assertThatThrownBy(
            () ->
                Generator.generate(
                    session,
                    new Bytes(),
                    bytes("ab"),
                    options(1),
                    GenerationListener.NONE,
                    new ScalarKernels(),
                    Cancellation.NONE))
        .hasMessageContaining("3 tokens")
        .hasMessageContaining("found 2");
  }

  private static GenerationOptions options(int tokens) {
    return new GenerationOptions(tokens, SamplingOptions.GREEDY, List.of(), true, 8);
  }

  private static GenerationResult generate(
      String prompt, String continuation, GenerationOptions options, GenerationListener listener) {
    return Generator.generate(
        new ScriptedSession(prompt, continuation),
        new Bytes(),
        bytes(prompt),
        options,
        listener,
        new ScalarKernels(),
        Cancellation.NONE);
  }

  private static int[] bytes(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int[] ids = new int[utf8.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = utf8[i] & 0xFF;
    }
    return ids;
  }

  /** A model that knows one text by heart: its next byte has logit 10, all others 0. */
  private static final class ScriptedSession implements ContextSession {
    private final int[] script;
    private final float[] logits = new float[256];
    private final List<String> feeds = new ArrayList<>();
    private int position;

    ScriptedSession(String prompt, String continuation) {
      script = bytes(prompt + continuation);
    }

    @Override
    public int position() {
      return position;
    }

    @Override
    public void feed(
        int[] tokens, int from, int to, @Nullable LogitsSink sink, Cancellation cancellation) {
      if (cancellation.cancelled()) {
        throw new CancellationException();
      }
      assertThat(from).isEqualTo(position);
      feeds.add(from + "-" + to);
      position = to;
    }

    @Override
    public float[] nextLogits(Cancellation cancellation) {
      Arrays.fill(logits, 0);
      logits[script[position % script.length]] = 10;
      return logits;
    }

    @Override
    public long cacheBytes() {
      return 4L * position;
    }
  }

  private static final class Recorder implements GenerationListener {
    private final List<String> pieces = new ArrayList<>();
    private final List<Integer> read = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public void promptRead(int done, int total) {
      read.add(done);
    }

    @Override
    public void token(int id, String piece, float nll) {
      pieces.add(piece);
      text.append(piece);
    }
  }

  /** One id per byte. */
  private static final class Bytes implements Tokenizer {
    private final int vocabularySize;

    Bytes() {
      this(256);
    }

    Bytes(int vocabularySize) {
      this.vocabularySize = vocabularySize;
    }

    @Override
    public int[] encode(String text, boolean addBos) {
      return bytes(text);
    }

    @Override
    public String decode(int[] ids) {
      StreamingDecoder decoder = newStreamingDecoder();
      StringBuilder out = new StringBuilder();
      for (int id : ids) {
        out.append(decoder.push(id));
      }
      return out + decoder.finish();
    }

    @Override
    public StreamingDecoder newStreamingDecoder() {
      return new StreamingDecoder() {
        private final ByteArrayOutputStream held = new ByteArrayOutputStream();

        @Override
        public String push(int id) {
          assertThat(id).isLessThan(vocabularySize);
          held.write(id);
          String text = held.toString(StandardCharsets.UTF_8);
          if (text.indexOf('\uFFFD') >= 0) {
            return "";
          }
          held.reset();
          return text;
        }

        @Override
        public String finish() {
          return held.toString(StandardCharsets.UTF_8);
        }
      };
    }

    @Override
    public byte[] tokenBytes(int id) {
      return new byte[] {(byte) id};
    }

    @Override
    public String tokenText(int id) {
      return Integer.toString(id);
    }

    @Override
    public int vocabularySize() {
      return vocabularySize;
    }

    @Override
    public OptionalInt bosId() {
      return OptionalInt.empty();
    }

    @Override
    public boolean addsBosByDefault() {
      return false;
    }

    @Override
    public Set<Integer> eosIds() {
      return Set.of(EOS);
    }

    @Override
    public String description() {
      return "bytes";
    }
  }
}
