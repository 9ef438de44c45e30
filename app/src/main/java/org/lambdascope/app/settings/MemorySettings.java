package org.lambdascope.app.settings;

import java.nio.file.Path;
import java.util.List;

/** Remembers until the program ends. */
public final class MemorySettings implements Settings {

  private ThemeChoice theme = ThemeChoice.SYSTEM;
  private WindowLayout layout = WindowLayout.FIRST;
  private List<Path> models = List.of();
  private List<Path> texts = List.of();
  private List<Path> runs = List.of();

  @Override
  public ThemeChoice theme() {
    return theme;
  }

  @Override
  public void setTheme(ThemeChoice theme) {
    this.theme = theme;
  }

  @Override
  public List<Path> recentModels() {
    return models;
  }

  @Override
  public void setRecentModels(List<Path> paths) {
    models = List.copyOf(paths);
  }

  @Override
  public List<Path> recentTexts() {
    return texts;
  }

  @Override
  public void setRecentTexts(List<Path> paths) {
    texts = List.copyOf(paths);
  }

  @Override
  public List<Path> recentRuns() {
    return runs;
  }

  @Override
  public void setRecentRuns(List<Path> paths) {
    runs = List.copyOf(paths);
  }

  @Override
  public WindowLayout layout() {
    return layout;
  }

  @Override
  public void setLayout(WindowLayout layout) {
    this.layout = layout;
  }

  @Override
  public void flush() {}
}
