package org.lambdascope.app.common;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Answers every file dialog with one path. */
public final class ChosenPath implements FilePicker {

  private Optional<Path> path = Optional.empty();

  /** Cancels dialogs from now on. */
  public void cancel() {
    path = Optional.empty();
  }

  /** Answers them with this. */
  public void choose(Path chosen) {
    path = Optional.of(chosen);
  }

  @Override
  public Optional<Path> modelFolder() {
    return path;
  }

  @Override
  public Optional<Path> modelFile() {
    return path;
  }

  @Override
  public Optional<Path> text() {
    return path;
  }

  @Override
  public Optional<Path> file(String title, String kind, List<String> extensions) {
    return path;
  }

  @Override
  public Optional<Path> folder(String title) {
    return path;
  }

  @Override
  public Optional<Path> outputFolder() {
    return path;
  }

  @Override
  public Optional<Path> output(String name, String extension) {
    return path;
  }
}
