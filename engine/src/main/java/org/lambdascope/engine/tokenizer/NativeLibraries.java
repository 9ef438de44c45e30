package org.lambdascope.engine.tokenizer;

import java.io.IOException;
import java.lang.ref.Cleaner;

/** The native libraries behind the adaptors: how they load and how their memory is freed. */
final class NativeLibraries {

  private static final String OFFLINE = "ai.djl.offline";
  private static final Cleaner CLEANER = Cleaner.create();

  private NativeLibraries() {}

  /**
   * Keeps DJL off the network; to be called before its first class loads. Without this it looks for
   * a CUDA build of its library to download where it sees a GPU, and reports to its makers. It
   * unpacks the library that its jar carries to {@code ENGINE_CACHE_DIR}, else {@code
   * DJL_CACHE_DIR} (environment or system property), else {@code .djl.ai} in the home folder, or in
   * the temporary folder where home cannot be written to.
   */
  static void keepOffline() {
    System.setProperty(OFFLINE, "true");
  }

  /** What to say where a library does not load, which is no fault of the tokenizer's file. */
  static IOException notLoaded(String library, Throwable cause) {
    return new IOException(
        "expected to unpack and load the native "
            + library
            + " library under ENGINE_CACHE_DIR, DJL_CACHE_DIR, "
            + System.getProperty("user.home")
            + " or "
            + System.getProperty("java.io.tmpdir")
            + ", but found: "
            + cause.getMessage(),
        cause);
  }

  /** Runs {@code free} once {@code owner} is unreachable; {@code free} must not refer to it. */
  static void freeWith(Object owner, Runnable free) {
    CLEANER.register(owner, free);
  }
}
