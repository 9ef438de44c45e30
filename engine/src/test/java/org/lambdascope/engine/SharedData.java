package org.lambdascope.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds real models, texts and tokenizers that lie beside a checkout, in {@code ../shared}, and are
 * not part of the repository. Tests that use them skip with a message where they are absent.
 */
public final class SharedData {

  private SharedData() {}

  /** The file or folder, or skips the test. */
  public static Path require(String relative) {
    // Surefire runs in the module's folder, one below the repository's root.
    Path path = Path.of("").toAbsolutePath().resolve("../../shared").resolve(relative).normalize();
    Assumptions.assumeTrue(
        Files.exists(path), () -> "skipped: no " + relative + " in ../shared beside the checkout");
    return path;
  }
}
