package org.lambdascope.app.notebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A notebook as nbformat 4 has it.
 *
 * @param path where it is
 * @param json all of it
 */
record NotebookFile(Path path, JsonNode json) {

  /** The folder of the notebooks; tests run in that of their module. */
  static final Path FOLDER = Path.of("..", "notebooks").toAbsolutePath().normalize();

  /** The notebooks of a folder, by name. */
  static List<NotebookFile> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.toString().endsWith(".ipynb"))
          .sorted()
          .map(NotebookFile::read)
          .toList();
    }
  }

  private static NotebookFile read(Path path) {
    try {
      return new NotebookFile(path, JsonMapper.shared().readTree(Files.readAllBytes(path)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return String.valueOf(path.getFileName());
  }

  /** Its name, by which reports of tests call it. */
  @Override
  public String toString() {
    return name();
  }

  /** Its code cells. */
  List<JsonNode> code() {
    List<JsonNode> cells = new ArrayList<>();
    for (JsonNode cell : json.path("cells")) {
      if (cell.path("cell_type").asString().equals("code")) {
        cells.add(cell);
      }
    }
    return cells;
  }

  /** All that its cells showed. */
  List<JsonNode> outputs() {
    List<JsonNode> outputs = new ArrayList<>();
    code().forEach(cell -> cell.path("outputs").forEach(outputs::add));
    return outputs;
  }

  /** What kinds of output each cell had, such as {@code cell-05: [display_data[image/png]]}. */
  List<String> kinds() {
    List<String> kinds = new ArrayList<>();
    for (JsonNode cell : code()) {
      List<String> shown = new ArrayList<>();
      for (JsonNode output : cell.path("outputs")) {
        shown.add(output.path("output_type").asString() + output.path("data").propertyNames());
      }
      kinds.add(cell.path("id").asString() + ": " + shown);
    }
    return kinds;
  }
}
