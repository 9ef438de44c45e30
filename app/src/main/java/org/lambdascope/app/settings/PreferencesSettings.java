package org.lambdascope.app.settings;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;
import java.util.stream.Collectors;

/** Remembers in the user's preferences. */
public final class PreferencesSettings implements Settings {

  private static final int MOST = 8;

  private final Preferences node;

  /** Remembers under a node of the preferences tree. */
  public PreferencesSettings(Preferences node) {
    this.node = node;
  }

  @Override
  public ThemeChoice theme() {
    return ThemeChoice.of(node.get("theme", ""));
  }

  @Override
  public void setTheme(ThemeChoice theme) {
    node.put("theme", theme.id());
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

  @Override
  public List<Path> recentRuns() {
    return read("run");
  }

  @Override
  public void setRecentRuns(List<Path> paths) {
    write("run", paths);
  }

  @Override
  public WindowLayout layout() {
    WindowLayout first = WindowLayout.FIRST;
    Preferences at = node.node("layout");
    return new WindowLayout(
        at.getDouble("x", first.x()),
        at.getDouble("y", first.y()),
        at.getDouble("width", first.width()),
        at.getDouble("height", first.height()),
        at.getBoolean("maximized", first.maximized()),
        at.getBoolean("library", first.library()),
        at.getBoolean("side", first.side()),
        at.getBoolean("bottom", first.bottom()),
        at.getDouble("library-divider", first.libraryDivider()),
        at.getDouble("side-divider", first.sideDivider()),
        at.getDouble("bottom-divider", first.bottomDivider()),
        at.getDouble("arm-divider", first.armDivider()),
        windows(at.get("windows", "")));
  }

  @Override
  public void setLayout(WindowLayout layout) {
    Preferences at = node.node("layout");
    at.putDouble("x", layout.x());
    at.putDouble("y", layout.y());
    at.putDouble("width", layout.width());
    at.putDouble("height", layout.height());
    at.putBoolean("maximized", layout.maximized());
    at.putBoolean("library", layout.library());
    at.putBoolean("side", layout.side());
    at.putBoolean("bottom", layout.bottom());
    at.putDouble("library-divider", layout.libraryDivider());
    at.putDouble("side-divider", layout.sideDivider());
    at.putDouble("bottom-divider", layout.bottomDivider());
    at.putDouble("arm-divider", layout.armDivider());
    at.put(
        "windows",
        layout.windows().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(window -> window.getKey() + "=" + window.getValue().text())
            .collect(Collectors.joining(";")));
  }

  @Override
  public void flush() throws IOException {
    try {
      node.flush();
    } catch (BackingStoreException e) {
      throw new IOException("the preferences cannot be written", e);
    }
  }

  private static Map<String, WindowBounds> windows(String text) {
    Map<String, WindowBounds> windows = new HashMap<>();
    for (String entry : text.split(";", -1)) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        WindowBounds.parse(entry.substring(equals + 1))
            .ifPresent(bounds -> windows.put(entry.substring(0, equals), bounds));
      }
    }
    return windows;
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
