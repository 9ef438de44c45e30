package org.lambdascope.app.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.prefs.Preferences;

/** Remembers in the user's preferences. */
public final class PreferencesSettings implements Settings {

  private static final int MOST = 8;

  private final Preferences node;

  /** Remembers under a node of the preferences tree. */
  public PreferencesSettings(Preferences node) {
    this.node = node;
  }

  @Override
  public Theme theme() {
    return node.get("theme", "light").equals("dark") ? Theme.DARK : Theme.LIGHT;
  }

  @Override
  public void setTheme(Theme theme) {
    node.put("theme", theme.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public List<Path> recentModels() {
    return read("model");
  }

  @Override
  public void setRecentModels(List<Path> paths) {
    write("model", paths);
  }

  @Override
  public List<Path> recentTexts() {
    return read("text");
  }

  @Override
  public void setRecentTexts(List<Path> paths) {
    write("text", paths);
  }

  private List<Path> read(String key) {
    List<Path> paths = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      String value = node.get(key + i, "");
      if (!value.isEmpty()) {
        try {
          paths.add(Path.of(value));
        } catch (InvalidPathException e) {
          // Written on another system; a recent file that cannot exist here is of no use.
          node.remove(key + i);
        }
      }
    }
    return paths;
  }

  private void write(String key, List<Path> paths) {
    for (int i = 0; i < MOST; i++) {
      String value = i < paths.size() ? paths.get(i).toAbsolutePath().toString() : "";
      if (value.isEmpty() || value.length() > Preferences.MAX_VALUE_LENGTH) {
        node.remove(key + i);
      } else {
        node.put(key + i, value);
      }
    }
  }
}
