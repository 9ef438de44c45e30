package org.lambdascope.app.shell;

import java.nio.file.Path;

/**
 * Has a folder stand for the home folder, from which paths are shown, so that pictures do not show
 * where they were taken. Libraries go on keeping their native code in the real one: a folder that
 * goes with its test would take it away from those that follow.
 */
final class HomeFolder implements AutoCloseable {

  private static final String HOME = "user.home";

  private final String before = System.getProperty(HOME);

  HomeFolder(Path folder) {
    keep("org.bytedeco.javacpp.cachedir", Path.of(before, ".javacpp", "cache"));
    keep("DJL_CACHE_DIR", Path.of(before, ".djl.ai"));
    System.setProperty(HOME, folder.toString());
  }

  private static void keep(String property, Path cache) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, cache.toString());
    }
  }

  @Override
  public void close() {
    System.setProperty(HOME, before);
  }
}
