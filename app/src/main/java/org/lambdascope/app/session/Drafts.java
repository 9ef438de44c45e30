package org.lambdascope.app.session;

import java.nio.file.Path;

/**
 * What is edited in a window beside the session, such as figures: what is not saved of it is kept
 * beside the autosaved session.
 */
public interface Drafts {

  /** Nothing. */
  Drafts NONE =
      new Drafts() {
        @Override
        public void keepIn(Path folder) {}

        @Override
        public void open(Path folder, Runnable opened) {
          opened.run();
        }

        @Override
        public Runnable ending() {
          return () -> {};
        }
      };

  /**
   * Keeps what is not saved in a folder from now on.
   *
   * @param folder made when there is something
   */
  void keepIn(Path folder);

  /**
   * Opens what another window kept.
   *
   * @param opened called when all of it is kept by this window
   */
  void open(Path folder, Runnable opened);

  /** What is left to write when the window is closed, on another thread. */
  Runnable ending();
}
