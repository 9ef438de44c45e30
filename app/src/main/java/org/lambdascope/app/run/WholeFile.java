package org.lambdascope.app.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes small files whole or not at all, even if the machine stops. */
final class WholeFile {

  /** How names end of files that are being written. */
  static final String PARTIAL = ".part";

  private WholeFile() {}

  static void write(Path file, byte[] bytes) throws IOException {
    Path partial = file.resolveSibling("." + file.getFileName() + PARTIAL);
    Files.write(partial, bytes);
    try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
