package org.lambdascope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line says when it cannot do what was asked for. */
class UsageTest {

  @TempDir Path folder;
  private String text = "";
  private String absent = "";

  @BeforeEach
  void write() throws IOException {
    text = Files.writeString(folder.resolve("text.txt"), "Once upon a time").toString();
    absent = folder.resolve("absent").toString();
  }

  @Test
  void helpListsEveryCommand() {
    Invocation help = Invocation.of("--help");
    assertThat(help.status).isZero();
    assertThat(help.out)
        .contains("demo", "info", "tokenize", "logits", "score", "generate", "probe", "gui")
        .contains("130 interrupted");
    assertThat(help.err).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"demo", "info", "tokenize", "logits", "score", "generate", "probe", "gui"})
  void everyCommandHasHelpWithAnExample(String command) {
    Invocation help = Invocation.of(command, "--help");
    assertThat(help.status).isZero();
    assertThat(help.out).contains("Usage: lambdascope " + command).contains("Example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"demo", "info", "tokenize", "logits", "score", "generate", "probe", "gui"})
  void examplesAreNotWrapped(String command) {
    String out = Invocation.of(command, "--help").out;
    String examples = out.substring(out.indexOf("Example"));
    assertThat(examples.lines().skip(1)).allMatch(line -> line.startsWith("  "));
    assertThat(out.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void wordsThatAreNoCommandAreNamed() {
    assertUsage("unexpected argument 'scor'; did you mean: lambdascope score?", "scor");
    assertUsage("unexpected argument 'b'", "info", "a", "b");
    assertUsage("expected --prompt or --prompt-file", "generate", absent);
    assertUsage("expected --file", "score", absent);
    assertUsage("expected a MODEL, and none is bundled", "score", "--file", text);
    assertUsage("expected a MODEL, and none is bundled", "info");
    assertUsage(
        "--temperature: expected a number, found 'x'",
        "generate",
        absent,
        "--prompt=a",
        "--max-new-tokens=1",
        "--temperature=x");
  }

  @Test
  void namesThatAreNoPathAreUsageErrors() {
    assertUsage("MODEL: expected a path, found 'a\0b'", "info", "a\0b");
  }

  @Test
  void textsHaveAnEnd() {
    Path endless = Path.of("/dev/zero");
    Assumptions.assumeTrue(Files.exists(endless), "skipped: no /dev/zero on this system");
    assertFailure("at most 64 MiB, found more", "score", absent, "--file", endless.toString());
  }

  @Test
  void versionNamesJdkAndKernels() {
    assertThat(Invocation.of("--version").out)
        .contains("Lambdascope ")
        .contains("JDK ")
        .contains("kernels: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "foo                      | expected one of vanilla, truncate, window",
        "window:loca=3            | valid: window[:local=N≥1]",
        "window:local=0           | at least 1, found 0",
        "lm-infinite:global=x     | lm-infinite[:global=N≥0,local=N≥1,ceiling=N≥1,k=N≥0,from=N≥0,to=N≥0,middle=N≥0]",
        "vanilla:local=3          | takes no keys",
        "window:                  | expected key=value",
        "truncate:local=8,stride=8| less than local",
        "streaming-llm:sink=2000000000,recent=2000000000 | expected at most"
      })
  void badArmsListWhatIsValid(String arm, String message) {
    for (String[] command :
        new String[][] {
          {"score", absent, "--file", text},
          {"probe", absent, "--file", text, "--length", "8", "--out", absent},
          {"generate", absent, "--prompt", "a", "--max-new-tokens", "1"},
          {"logits", absent, "--ids", "1", "--out", absent}
        }) {
      assertUsage(message, with(command, "--arm", arm));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--length,1,at least 2",
    "--length,x,expected a whole number",
    "--threads,5000,from 1 to 1024",
    "--chunk,0,from 1 to 65536",
    "--chunk,1000000,from 1 to 65536",
    "--threads,0,from 1 to 1024",
    "--pretrain-length,0,from 1 to",
    "--nonsense,1,Unknown option"
  })
  void badSettingsAreUsageErrors(String option, String value, String message) {
    assertUsage(message, "score", absent, "--file", text, option, value);
  }

  @ParameterizedTest
  @CsvSource({
    "--temperature,-1",
    "--top-k,-1",
    "--top-p,0",
    "--top-p,1.5",
    "--min-p,1",
    "--repetition-penalty,0"
  })
  void badSamplingIsAUsageError(String option, String value) {
    assertUsage(
        option + ": expected a number",
        "generate",
        absent,
        "--prompt",
        "a",
        "--max-new-tokens",
        "1",
        option,
        value);
  }

  @Test
  void greedyExcludesDraws() {
    assertUsage(
        "--greedy excludes",
        "generate",
        absent,
        "--prompt",
        "a",
        "--max-new-tokens",
        "1",
        "--greedy",
        "--top-k",
        "3");
  }

  @Test
  void theSameArmTwiceIsAUsageError() {
    assertUsage(
        "given twice", "score", absent, "--file", text, "--arm", "vanilla", "--arm", "vanilla");
  }

  @Test
  void badIdsAreUsageErrors() {
    assertUsage("found 'x' as number 2", "logits", absent, "--ids", "1,x", "--out", absent);
    assertUsage("at least 1 id", "logits", absent, "--ids", " , ", "--out", absent);
  }

  @Test
  void missingFilesAreFailures() {
    assertFailure("absent: no such file", "score", absent, "--file", text);
    assertFailure("absent: no such file", "score", folder.toString(), "--file", absent);
    assertFailure("found a folder", "tokenize", folder.toString(), "--file", folder.toString());
    assertFailure("absent: no such file", "info", absent);
  }

  @Test
  void textsMustBeUtf8AndNotEmpty() throws IOException {
    Path broken = folder.resolve("broken.txt");
    Files.write(broken, new byte[] {'a', 'b', (byte) 0xFF, 'c'});
    assertFailure("not UTF-8: byte 0xFF at offset 2", "score", absent, "--file", broken.toString());
    Path cut = Files.write(folder.resolve("cut.txt"), new byte[] {'a', (byte) 0xC3});
    assertFailure("byte 0xC3 at offset 1", "score", absent, "--file", cut.toString());
    Path empty = Files.createFile(folder.resolve("empty.txt"));
    assertFailure("the text is empty", "score", absent, "--file", empty.toString());
    assertFailure("the text is empty", "tokenize", folder.toString(), "--text", "");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsFoundBeforeTheRun() {
    assertFailure(
        "there is no folder",
        "score",
        absent,
        "--file",
        text,
        "--json",
        absent + "/deeper/out.json");
    assertFailure("found a folder", "score", absent, "--file", text, "--json", folder.toString());
  }

  @Test
  void debugShowsWhereAnErrorCameFrom() {
    assertThat(Invocation.of("info", absent).err).doesNotContain("\tat ");
    assertThat(Invocation.of("info", absent, "--debug").err).contains("\tat ");
  }

  @Test
  void whatKeepsTheWindowShutIsNamed() {
    assertThat(
            GuiCommand.noWindow(
                new UnsupportedOperationException("Unable to load glass GTK library.")))
        .contains("GTK 3")
        .contains("libgtk-3-0")
        .contains("score, generate and probe work without one");
    assertThat(
            GuiCommand.noWindow(
                new UnsupportedOperationException(
                    "no", new UnsupportedOperationException("Unable to open DISPLAY"))))
        .contains("the display for the window cannot be opened");
    assertThat(GuiCommand.noWindow(new UnsatisfiedLinkError("no glass in path")))
        .contains("the window cannot be opened: no glass in path");
  }

  @Test
  void aWindowNeedsADisplay() {
    assertThat(GuiCommand.hasDisplay("Linux", "", Map.of())).isFalse();
    assertThat(GuiCommand.hasDisplay("Linux", "", Map.of("DISPLAY", ""))).isFalse();
    assertThat(GuiCommand.hasDisplay("Linux", "Headless", Map.of())).isTrue();
    assertThat(GuiCommand.hasDisplay("Linux", "", Map.of("DISPLAY", ":0"))).isTrue();
    assertThat(GuiCommand.hasDisplay("Linux", "", Map.of("WAYLAND_DISPLAY", "w"))).isTrue();
    assertThat(GuiCommand.hasDisplay("Mac OS X", "", Map.of())).isTrue();
    assertThat(GuiCommand.hasDisplay("Windows 11", "", Map.of())).isTrue();
  }

  private static String[] with(String[] command, String... more) {
    String[] out = Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, out, command.length, more.length);
    return out;
  }

  private static void assertUsage(String message, String... args) {
    Invocation run = Invocation.of(args);
    assertThat(run.err).contains(message).contains("--help");
    assertThat(run.err.lines()).hasSize(1);
    assertThat(run.out).isEmpty();
    assertThat(run.status).isEqualTo(ExitStatus.USAGE);
  }

  private static void assertFailure(String message, String... args) {
    Invocation run = Invocation.of(args);
    assertThat(run.err).contains(message);
    assertThat(run.err.lines()).hasSize(1);
    assertThat(run.out).isEmpty();
    assertThat(run.status).isEqualTo(ExitStatus.FAILURE);
  }
}
