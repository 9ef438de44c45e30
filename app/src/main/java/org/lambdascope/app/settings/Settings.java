package org.lambdascope.app.settings;

import java.nio.file.Path;
import java.util.List;

/** What the window remembers between starts. */
public interface Settings {

  /** The colours last chosen; light at first. */
  Theme theme();

  /** Remembers the colours. */
  void setTheme(Theme theme);

  /** Models opened before, the latest first. */
  List<Path> recentModels();

  /** Remembers models, the latest first. */
  void setRecentModels(List<Path> paths);

  /** Texts opened before, the latest first. */
  List<Path> recentTexts();

  /** Remembers texts, the latest first. */
  void setRecentTexts(List<Path> paths);
}
