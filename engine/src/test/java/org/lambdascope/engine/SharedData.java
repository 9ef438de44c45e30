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
    Assumptions.assumeTrue(exists(relative), () -> skipped(relative));
    return path(relative);
  }

  /** Whether there is such a file or folder. */
  public static boolean exists(String relative) {
    return Files.exists(path(relative));
  }

  /** Why a test is skipped that would use it. */
  public static String skipped(String relative) {
    return "skipped: no " + relative + " in ../shared beside the checkout";
  }

  private static Path path(String relative) {
    // Surefire runs in the module's folder, one below the repository's root.
    return Path.of("").toAbsolutePath().resolve("../../shared").resolve(relative).normalize();
  }
}
