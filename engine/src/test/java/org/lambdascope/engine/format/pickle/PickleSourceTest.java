package org.lambdascope.engine.format.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.tensor.Tensor;

/** PyTorch files: what is read, and what is refused. */
final class PickleSourceTest {

  @TempDir Path folder;

  private PickleSource open(byte[] file) throws IOException {
    return PickleSource.openFile(Files.write(folder.resolve("pytorch_model.bin"), file));
  }

  @Test
  void readsATensorWhereItLies() throws IOException {
    try (PickleSource source = open(PickleBytes.zip(PickleBytes.checkpoint()))) {
      assertThat(source.names()).containsExactly("w");
      Tensor tensor = source.get("w");
      assertThat(tensor.shape()).containsExactly(2, 2);
      assertThat(tensor.data().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED))
          .containsExactly(0, 1, 2, 3);
    }
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("a call of os.system", call("os", "system"), "\"os.system\""),
        Arguments.of("a call of eval", call("builtins", "eval"), "\"builtins.eval\""),
        Arguments.of(
            "a name that only begins as a known one",
            call("torch._utils", "_rebuild_tensor_v2x"),
            "\"torch._utils._rebuild_tensor_v2x\""),
        Arguments.of(
            "a name from the stack",
            new PickleBytes().text("posix").text("system").op(0x93).op('.').bytes(),
            "\"posix.system\""),
        Arguments.of("INST", new PickleBytes().op('(').op('i').bytes(), "opcode 0x69"),
        Arguments.of("OBJ", new PickleBytes().op('(').op('o').bytes(), "opcode 0x6f"),
        Arguments.of("NEWOBJ", new PickleBytes().op(0x81).bytes(), "opcode 0x81"),
        Arguments.of("EXT1", new PickleBytes().op(0x82).op(1).bytes(), "opcode 0x82"),
        Arguments.of("PERSID", new PickleBytes().op('P').bytes(), "opcode 0x50"),
        Arguments.of("no end", new PickleBytes().op('}').bytes(), "end of the pickle"),
        Arguments.of("no dictionary", new PickleBytes().number(1).op('.').bytes(), "dictionary"),
        Arguments.of("an empty stack", new PickleBytes().op('.').bytes(), "value on the stack"),
        Arguments.of("no mark", new PickleBytes().op('}').op('u').bytes(), "a mark"),
        Arguments.of("nothing remembered", new PickleBytes().op('h').op(7).bytes(), "value 7"),
        Arguments.of(
            "a text beyond the end",
            new PickleBytes().op('X').op(0xff).op(0xff).op(0xff).op(0x7f).bytes(),
            "2147483647 bytes"),
        Arguments.of(
            "a key twice",
            new PickleBytes()
                .op('}')
                .text("w")
                .number(1)
                .op('s')
                .text("w")
                .number(2)
                .op('s')
                .op('.')
                .bytes(),
            "\"w\" twice"),
        Arguments.of(
            "a transposed tensor",
            new PickleBytes().op('}').text("w").tensor("0", 2, 1).op('s').op('.').bytes(),
            "row by row"),
        Arguments.of(
            "a tensor beyond its storage",
            new PickleBytes().op('}').text("w").tensor("0", 3, 2).op('s').op('.').bytes(),
            "24 bytes"),
        Arguments.of(
            "a storage that is not there",
            new PickleBytes().op('}').text("w").tensor("9", 2, 2).op('s').op('.').bytes(),
            "storage \"9\""),
        Arguments.of("protocol 0", new byte[] {(byte) 0x80, 0}, "protocol 2 to 5"));
  }

  private static byte[] call(String module, String name) {
    return new PickleBytes().global(module, name).text("echo").op(0x85).op('R').op('.').bytes();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void refusesByName(String what, byte[] pickle, String message) throws IOException {
    byte[] file = PickleBytes.zip(pickle);
    assertThatThrownBy(() -> open(file))
        .as(what)
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesFilesOfOtherKinds() throws IOException {
    assertThatThrownBy(() -> open(new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10, 0, 0}))
        .hasMessageContaining("before version 1.6");
    assertThatThrownBy(() -> open("<html>".getBytes(StandardCharsets.US_ASCII)))
        .hasMessageContaining("PyTorch zip file");
    assertThatThrownBy(
            () -> open(PickleBytes.zip(Map.of("a/readme", new byte[3]), ZipEntry.STORED)))
        .hasMessageContaining("data.pkl");
    assertThatThrownBy(
            () ->
                open(
                    PickleBytes.zip(
                        Map.of("a/data.pkl", PickleBytes.checkpoint()), ZipEntry.DEFLATED)))
        .hasMessageContaining("compression method 8");
    assertThatThrownBy(
            () ->
                open(
                    PickleBytes.zip(
                        Map.of(
                            "a/data.pkl",
                            PickleBytes.checkpoint(),
                            "a/byteorder",
                            "big".getBytes(StandardCharsets.US_ASCII)),
                        ZipEntry.STORED)))
        .hasMessageContaining("byteorder: expected little");
    byte[] whole = PickleBytes.zip(PickleBytes.checkpoint());
    assertThatThrownBy(() -> open(Arrays.copyOf(whole, whole.length / 2)))
        .hasMessageContaining("cut short");
  }

  /** Whatever the bytes are, the outcome is a table or a refusal. */
  @Test
  void fuzzedFilesAreReadOrRefused() throws Exception {
    Random random = new Random(11);
    byte[] pickle = PickleBytes.checkpoint();
    byte[] file = PickleBytes.zip(pickle);
    int read = 0;
    for (int round = 0; round < 1000; round++) {
      byte[] fuzzed;
      if (round % 2 == 0) {
        fuzzed = PickleBytes.zip(mutated(pickle, random));
      } else {
        fuzzed = mutated(file, random);
      }
      try (PickleSource source = open(fuzzed)) {
        for (String name : source.names()) {
          source.find(name).ifPresent(t -> t.data().toArray(ValueLayout.JAVA_BYTE));
        }
        read++;
      } catch (ModelFormatException e) {
        assertThat(e).hasMessageContaining("pytorch_model.bin");
      }
    }
    assertThat(read).isPositive();
  }

  private static byte[] mutated(byte[] original, Random random) {
    byte[] bytes = original.clone();
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        default ->
            System.arraycopy(
                original,
                random.nextInt(original.length - 8),
                bytes,
                Math.max(0, Math.min(at, bytes.length - 8)),
                Math.min(8, bytes.length));
      }
    }
    return bytes;
  }
}
