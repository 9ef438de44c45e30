package org.lambdascope.app.settings;

import java.nio.file.Path;
import java.util.List;

/** Remembers until the program ends. */
public final class MemorySettings implements Settings {

  private Theme theme = Theme.LIGHT;
  private List<Path> models = List.of();
  private List<Path> texts = List.of();

  @Override
  public Theme theme() {
    return theme;
  }

  @Override
  public void setTheme(Theme theme) {
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
}
