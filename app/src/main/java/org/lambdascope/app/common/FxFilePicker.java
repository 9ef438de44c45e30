package org.lambdascope.app.common;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** The system's file dialogs; each opens where the last one ended. */
public final class FxFilePicker implements FilePicker {

  private final Window owner;
  private @Nullable File folder;

  /** Dialogs of a window. */
  public FxFilePicker(Window owner) {
    this.owner = owner;
  }

  @Override
  public Optional<Path> modelFolder() {
    return folder("Open a model folder (config.json, model.safetensors, tokenizer)");
  }

  @Override
  public Optional<Path> modelFile() {
    return open("Open a GGUF model", new ExtensionFilter("GGUF models", "*.gguf", "*.GGUF"));
  }

  @Override
  public Optional<Path> text() {
    return open("Open a text", new ExtensionFilter("Texts", "*.txt", "*.md", "*.text"));
  }

  @Override
  public Optional<Path> file(String title, String kind, List<String> extensions) {
    return open(title, new ExtensionFilter(kind, extensions.stream().map(e -> "*." + e).toList()));
  }

  @Override
  public Optional<Path> outputFolder() {
    return folder("Choose a folder for the figures");
  }

  @Override
  public Optional<Path> output(String name, String extension) {
    FileChooser chooser = chooser("Save as " + extension.toUpperCase(Locale.ROOT));
    chooser.setInitialFileName(name);
    chooser.getExtensionFilters().add(new ExtensionFilter(extension, "*." + extension));
    return took(chooser.showSaveDialog(owner));
  }

  private Optional<Path> open(String title, ExtensionFilter filter) {
    FileChooser chooser = chooser(title);
    chooser.getExtensionFilters().addAll(filter, new ExtensionFilter("All files", "*"));
    return took(chooser.showOpenDialog(owner));
  }

  @Override
  public Optional<Path> folder(String title) {
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle(title);
    chooser.setInitialDirectory(startFolder());
    File chosen = chooser.showDialog(owner);
    if (chosen != null) {
      folder = chosen.getParentFile();
    }
    return Optional.ofNullable(chosen).map(File::toPath);
  }

  private FileChooser chooser(String title) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(title);
    chooser.setInitialDirectory(startFolder());
    return chooser;
  }

  private @Nullable File startFolder() {
    File last = folder;
    return last != null && last.isDirectory() ? last : null;
  }

  private Optional<Path> took(@Nullable File chosen) {
    if (chosen != null) {
      folder = chosen.getParentFile();
    }
    return Optional.ofNullable(chosen).map(File::toPath);
  }
}
