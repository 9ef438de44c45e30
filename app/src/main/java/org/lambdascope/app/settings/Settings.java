package org.lambdascope.app.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What the window remembers between starts. */
public interface Settings {

  /** The colours last chosen; at first those of the system. */
  ThemeChoice theme();

  /** Remembers the colours. */
  void setTheme(ThemeChoice theme);

  /** How the window was left. */
  WindowLayout layout();

  /** Remembers how the window was left. */
  void setLayout(WindowLayout layout);

  /** Models opened before, the latest first. */
  List<Path> recentModels();

  /** Remembers models, the latest first. */
  void setRecentModels(List<Path> paths);

  /** Texts opened before, the latest first. */
  List<Path> recentTexts();

  /** Remembers texts, the latest first. */
  void setRecentTexts(List<Path> paths);

  /** Folders of runs opened before, the latest first. */
  List<Path> recentRuns();

  /** Remembers folders of runs, the latest first. */
  void setRecentRuns(List<Path> paths);

  /**
   * Writes what is remembered to where it outlasts a program that is killed. Takes its time.
   *
   * @throws IOException if it cannot be written
   */
  void flush() throws IOException;
}
