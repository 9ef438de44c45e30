package org.lambdascope.app.session;

import java.nio.file.Path;

/** Figures that are being edited: what is not saved of them is kept beside the autosaved session. */
public interface FigureDrafts {

  /** No figures. */
  FigureDrafts NONE =
      new FigureDrafts() {
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
   * Keeps figures with unsaved changes in a folder from now on.
   *
   * @param folder made when there is one
   */
  void keepIn(Path folder);

  /**
   * Opens the figures that another window kept.
   *
   * @param opened called when they are kept by this window
   */
  void open(Path folder, Runnable opened);

  /** What is left to write when the window is closed, on another thread. */
  Runnable ending();
}
