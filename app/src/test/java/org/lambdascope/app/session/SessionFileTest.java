package org.lambdascope.app.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.workbench.ArmSnapshot;
import org.lambdascope.app.workbench.ArmState;
import org.lambdascope.app.workbench.WorkbenchContent;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.ArmParameter;
import org.lambdascope.engine.experiment.ArmParser;
import org.lambdascope.engine.experiment.Equivalence;
import org.lambdascope.engine.experiment.ScoreResult;

class SessionFileTest {

  @TempDir static Path folder;
  private static Session session;
  private static Path written;

  @BeforeAll
  static void make() throws IOException {
    try (SessionFixture fixture = new SessionFixture(folder.resolve("samples"), 200)) {
      fixture.run();
      fixture
          .workbench
          .arms()
          .get(1)
          .equivalenceProperty()
          .set(new Equivalence(64, 200, Double.NaN, -1));
      fixture.workbench.positionProperty().set(77);
      session = fixture.session();
    }
    written = folder.resolve("work.lambdascope");
    SessionFile.write(written, session);
  }

  @Test
  void readsWhatItWroteToTheLastBit() throws IOException {
    Session read = SessionFile.read(written);
    assertThat(read.model()).isEqualTo(session.model());
    assertThat(read.document()).isEqualTo(session.document());
    assertThat(read.view()).isEqualTo(session.view());
    assertThat(read.windows()).isEqualTo(session.windows()).isNotEmpty();
    assertThat(read.pages()).isEqualTo(session.pages()).isNotNull();
    assertThat(read.history()).isEqualTo(session.history());
    WorkbenchContent content = read.content();
    assertThat(content.columns()).hasSize(2);
    assertThat(content.columns().get(1).equivalence())
        .isEqualTo(new Equivalence(64, 200, Double.NaN, -1));
    assertThat(content.selected()).isEqualTo(1);
    assertThat(content.pinned()).isEqualTo(WorkbenchContent.NONE);
    assertThat(content.position()).isEqualTo(77);
    for (int i = 0; i < 2; i++) {
      WorkbenchContent.Column before = session.content().columns().get(i);
      WorkbenchContent.Column after = content.columns().get(i);
      assertThat(after.arm()).isEqualTo(before.arm());
      assertThat(after.state()).isEqualTo(ArmState.DONE);
      ArmSnapshot a = Objects.requireNonNull(before.shown());
      ArmSnapshot b = Objects.requireNonNull(after.shown());
      assertThat(b.tokens()).isEqualTo(a.tokens()).hasSize(200);
      assertThat(b.nll()).isEqualTo(a.nll());
      assertThat(b.newCount()).isEqualTo(a.newCount()).isPositive();
      assertThat(Arrays.copyOf(b.newIds(), b.newCount()))
          .isEqualTo(Arrays.copyOf(a.newIds(), a.newCount()));
      ScoreResult score = Objects.requireNonNull(b.score());
      assertThat(score.diagnostics().logitsByDistance()).isNotNull();
      assertThat(score.diagnostics().entropy()).isNotNull();
      assertThat(score.diagnostics().hiddenPca()).isNotNull();
    }
    // Written again it is the same file, so nothing was lost on the way.
    Path again = folder.resolve("again.lambdascope");
    SessionFile.write(again, read);
    assertThat(again).hasSameBinaryContentAs(written);
  }

  @Test
  void aRunThatWasBrokenOffKeepsWhatItHad() throws IOException {
    WorkbenchContent.Column column = session.content().columns().getFirst();
    ArmSnapshot whole = Objects.requireNonNull(column.shown());
    ArmSnapshot part =
        new ArmSnapshot(
            whole.arm(),
            whole.cache(),
            whole.tokens(),
            whole.nll(),
            50,
            null,
            new int[9],
            new float[9],
            0);
    Session running =
        with(new WorkbenchContent.Column(column.arm(), part, true, ArmState.RUNNING, null));
    Path file = folder.resolve("running.lambdascope");
    SessionFile.write(file, running);
    WorkbenchContent.Column read = SessionFile.read(file).content().columns().getFirst();
    ArmSnapshot shown = Objects.requireNonNull(read.shown());
    assertThat(shown.scored()).isEqualTo(50);
    assertThat(shown.nllAt(50)).isEqualTo(whole.nllAt(50));
    assertThat(shown.nllAt(51)).isNaN();
    assertThat(shown.score()).isNull();
    assertThat(read.stale()).isTrue();
    assertThat(read.state()).isEqualTo(ArmState.RUNNING);
    assertThat(SessionFile.read(file).windows()).as("as in older files").isNull();
    assertThat(SessionFile.read(file).pages()).as("likewise").isNull();
  }

  private static Session with(WorkbenchContent.Column column) {
    WorkbenchContent c = session.content();
    return new Session(
        null,
        null,
        new WorkbenchContent(
            c.pretrainLength(),
            c.length(),
            c.newTokens(),
            c.cacheType(),
            Collections.singletonList(column),
            0,
            0,
            -1),
        session.view(),
        null,
        null,
        session.history());
  }

  @Test
  void aFileThatCannotBeReadIsExplainedInOneMessage() throws IOException {
    byte[] bytes = Files.readAllBytes(written);
    Path broken = folder.resolve("broken.lambdascope");
    refuses(broken, "expected a session file", "nothing there");
    refuses(folder, "expected a session file", "a folder");
    Files.write(broken, Arrays.copyOf(bytes, bytes.length / 2));
    refuses(broken, "expected a session (a zip file with session.json)", "cut off");
    Files.writeString(broken, "not a zip file at all");
    refuses(broken, "expected a session (a zip file with session.json)", "no zip file");
    bytes[2000] ^= 0x55; // inside an array
    Files.write(broken, bytes);
    refuses(broken, ".npy", "expected", "found", "damaged");
  }

  @Test
  void entriesAreCheckedOneByOne() throws IOException {
    json(
        s -> s.replace("\"lambdascope_session\" : 1", "\"lambdascope_session\" : 2"),
        "session.json",
        "expected version 1 of the schema, found 2");
    json(s -> s.replace("\"lambdascope_session\"", "\"something\""), "session.json", "found none");
    json(s -> s.substring(0, s.length() / 2), "session.json", "line ");
    json(s -> s.replace("\"length\"", "\"size\""), "session.json", "length");
    json(s -> s.replace("\"vanilla\"", "\"vanila\""), "unknown arm 'vanila'");
    json(s -> s.replace("\"scored\" : 199", "\"scored\" : 999"), "scored", "0 to 199", "999");
    json(s -> s.replace("\"scored\" : 199", "\"scored\" : 7"), "nll.npy", "[7]", "[199]");
    json(
        s -> s.replace("\"tokens\" : \"tokens/0\"", "\"tokens\" : \"tokens/9\""),
        "expected the entry tokens/9.npy",
        "found none");
    json(s -> s.replace("\"arms\" : [", "\"arms\" : null, \"arm\" : ["), "session.json");
    entry("windows.json", "{\"token\": {\"x\": 1}}", "windows.json", "line 1", "y");
    entry(
        "windows.json",
        "{\"token\": {\"x\": 1, \"y\": 2, \"width\": 0, \"height\": 9}}",
        "windows.json: window 'token': expected",
        "found");
    entry("pages.json", "{\"token_layer\": 1}", "pages.json", "line 1", "parts");
    json("pages.json", s -> s.replace("\"query_from\"", "\"from\""), "pages.json", "from");
    entry("results/0/entropy/mean.npy", "not an array", "entropy/mean.npy", "NumPy array");
  }

  /** Refuses a session whose session.json was changed. */
  private static void json(UnaryOperator<String> change, String... expected) throws IOException {
    json("session.json", change, expected);
  }

  private static void json(String entry, UnaryOperator<String> change, String... expected)
      throws IOException {
    Path broken = folder.resolve("changed.lambdascope");
    rewrite(broken, entry, change);
    refuses(broken, expected);
  }

  private static void entry(String name, String content, String... expected) throws IOException {
    json(name, s -> content, expected);
  }

  private static void rewrite(Path target, String name, UnaryOperator<String> change)
      throws IOException {
    try (ZipFile from = new ZipFile(written.toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(target))) {
      for (ZipEntry entry : Collections.list(from.entries())) {
        byte[] bytes;
        try (InputStream in = from.getInputStream(entry)) {
          bytes = in.readAllBytes();
        }
        if (entry.getName().equals(name)) {
          String before = new String(bytes, StandardCharsets.UTF_8);
          String after = change.apply(before);
          assertThat(after).isNotEqualTo(before);
          bytes = after.getBytes(StandardCharsets.UTF_8);
        }
        to.putNextEntry(new ZipEntry(entry.getName()));
        to.write(bytes);
        to.closeEntry();
      }
    }
  }

  private static void refuses(Path file, String... expected) {
    assertThatThrownBy(() -> SessionFile.read(file))
        .isInstanceOf(IOException.class)
        .message()
        .contains(file.toString())
        .contains(expected)
        .doesNotContain("\n");
  }

  /** A session keeps arms as the command line writes them. */
  @Test
  void everyArmIsReadAsItWasWritten() {
    Random random = new Random(8);
    for (ArmKind kind : ArmKind.values()) {
      Arm arm = Arm.withDefaults(kind, 512);
      for (int i = 0; i < 20; i++) {
        assertThat(ArmParser.parse(arm.toString(), 64)).isEqualTo(arm);
        for (ArmParameter p : kind.parameters()) {
          try {
            arm = arm.with(p.key(), p.min() + random.nextInt(2000));
          } catch (IllegalArgumentException e) {
            // Two settings that do not go together.
          }
        }
      }
    }
  }

  @Test
  void aFailedWriteLeavesWhatWasThere() throws IOException {
    Path nowhere = folder.resolve("no/such/folder/x.lambdascope");
    assertThatThrownBy(() -> SessionFile.write(nowhere, session)).isInstanceOf(IOException.class);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).noneMatch(f -> f.toString().endsWith(".part"));
    }
  }

  @Test
  void aModelIsKnownAgainWhereverItIs() throws IOException {
    ModelReference reference = Objects.requireNonNull(session.model());
    Path moved = Files.createDirectories(folder.resolve("moved/other-name"));
    try (Stream<Path> files = Files.list(Path.of(reference.path()))) {
      for (Path file : files.toList()) {
        Files.copy(file, moved.resolve(file.getFileName()));
      }
    }
    assertThat(ModelReference.of(moved).sameModel(reference)).isTrue();
    Files.writeString(moved.resolve("README.md"), "a note");
    assertThat(ModelReference.of(moved).sameModel(reference)).isTrue();
    Files.writeString(
        moved.resolve("config.json"), Files.readString(moved.resolve("config.json")) + " ");
    assertThat(ModelReference.of(moved).sameModel(reference)).isFalse();
  }
}
