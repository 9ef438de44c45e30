package org.lambdascope.app.shell;

import java.nio.file.Path;
import java.util.Optional;
import org.lambdascope.app.common.FilePicker;

/** Answers file dialogs, which no test can click. */
public final class FixedFiles implements FilePicker {

  public Optional<Path> model = Optional.empty();
  public Optional<Path> text = Optional.empty();
  public Optional<Path> output = Optional.empty();
  public Optional<Path> session = Optional.empty();

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
  public Optional<Path> session() {
    return session;
  }

  @Override
  public Optional<Path> sessionOutput(String name) {
    return session;
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
