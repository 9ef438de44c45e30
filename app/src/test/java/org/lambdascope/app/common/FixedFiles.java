package org.lambdascope.app.common;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Answers file dialogs, which no test can click: those of a kind alike, or all with one path. */
public final class FixedFiles implements FilePicker {

  public Optional<Path> model = Optional.empty();
  public Optional<Path> text = Optional.empty();
  public Optional<Path> file = Optional.empty();

  /** The folder that is chosen, and in which files are saved under the names that are suggested. */
  public Optional<Path> output = Optional.empty();

  /** What is saved goes here, whatever name is suggested; empty for {@link #output}. */
  private Optional<Path> saved = Optional.empty();

  /** Answers every dialog with this. */
  public void choose(Path chosen) {
    all(Optional.of(chosen));
  }

  /** Cancels every dialog. */
  public void cancel() {
    all(Optional.empty());
  }

  private void all(Optional<Path> path) {
    model = path;
    text = path;
    file = path;
    output = path;
    saved = path;
  }

  @Override
  public Optional<Path> modelFolder() {
    return model;
  }

  @Override
  public Optional<Path> modelFile() {
    return model;
  }

  @Override
  public Optional<Path> text() {
    return text;
  }

  @Override
  public Optional<Path> file(String title, String kind, List<String> extensions) {
    return file;
  }

  @Override
  public Optional<Path> folder(String title) {
    return output;
  }

  @Override
  public Optional<Path> outputFolder() {
    return output;
  }

  @Override
  public Optional<Path> output(String name, String extension) {
    return saved.or(() -> output.map(folder -> folder.resolve(name)));
  }
}
