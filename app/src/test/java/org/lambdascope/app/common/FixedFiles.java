package org.lambdascope.app.common;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Answers file dialogs, which no test can click. */
public final class FixedFiles implements FilePicker {

  public Optional<Path> model = Optional.empty();
  public Optional<Path> text = Optional.empty();
  public Optional<Path> file = Optional.empty();
  public Optional<Path> output = Optional.empty();

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
    return output.map(folder -> folder.resolve(name));
  }
}
