package org.lambdascope.app.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextReaderTest {

  @TempDir Path folder;

  private Path file(byte... bytes) throws IOException {
    return Files.write(folder.resolve("text.txt"), bytes);
  }

  @Test
  void readsUtf8AndDropsTheByteOrderMark() throws IOException {
    Path file = file("\uFEFFgrüße 🦙".getBytes(StandardCharsets.UTF_8));
    assertThat(TextReader.read(file).content()).isEqualTo("grüße 🦙");
  }

  @Test
  void namesTheByteThatIsNotUtf8() throws IOException {
    Path file = file((byte) 'a', (byte) '\n', (byte) 0xE9, (byte) 'b');
    assertThatThrownBy(() -> TextReader.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected UTF-8 text, found byte 0xE9 at offset 2 (line 2)")
        .hasMessageContaining("text.txt");
  }

  @Test
  void namesACharacterThatIsCutOff() throws IOException {
    Path file = file((byte) 'a', (byte) 0xE2, (byte) 0x82);
    assertThatThrownBy(() -> TextReader.read(file)).hasMessageContaining("offset 1");
  }

  @Test
  void refusesEmptyAndBlankTextsAndFolders() throws IOException {
    assertThatThrownBy(() -> TextReader.read(file())).hasMessageContaining("found an empty file");
    assertThatThrownBy(() -> TextReader.read(file((byte) ' ')))
        .hasMessageContaining("white space only");
    assertThatThrownBy(() -> TextReader.read(folder)).hasMessageContaining("found a folder");
    assertThatThrownBy(() -> TextReader.read(folder.resolve("none")))
        .hasMessageContaining("found nothing there");
  }
}
