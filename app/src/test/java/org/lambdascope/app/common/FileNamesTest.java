package org.lambdascope.app.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileNamesTest {

  private static final Path HOME = Path.of(System.getProperty("user.home"));

  @Test
  void theHomeFolderIsShownAsATildeAndReadBack() {
    Path below = HOME.resolve("runs").resolve("short");
    assertThat(FileNames.shown(below))
        .startsWith("~")
        .endsWith("short")
        .doesNotContain(HOME.toString());
    assertThat(FileNames.path(FileNames.shown(below))).isEqualTo(below);
    assertThat(FileNames.shown(HOME)).isEqualTo("~");
    assertThat(FileNames.path("~")).isEqualTo(HOME);
  }

  @Test
  void otherPathsAreShownAsTheyAre() {
    Path beside = Path.of(HOME + "-old", "runs");
    assertThat(FileNames.shown(beside)).isEqualTo(beside.toString());
    Path relative = Path.of("runs", "short");
    assertThat(FileNames.shown(relative)).isEqualTo(relative.toString());
    assertThat(FileNames.path("~other")).isEqualTo(Path.of("~other"));
  }
}
