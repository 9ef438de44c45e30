package org.lambdascope.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.engine.model.LoadedDecoder;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.model.ModelLoader;
import tools.jackson.core.JsonGenerator;

/** Lists the bundled models and documents. */
final class SampleList {

  private static final double KIB = 1 << 10;

  private final List<Path> models;
  private final List<Path> documents;

  /**
   * Looks at the samples.
   *
   * @throws CliException if there is neither a model nor a document
   */
  SampleList(Samples samples) {
    models = samples.models();
    documents = samples.documents();
    if (models.isEmpty() && documents.isEmpty()) {
      throw CliException.usage("expected a MODEL, and none is bundled: " + samples.expected());
    }
  }

  void print(PrintWriter out) throws IOException {
    out.println("Bundled models");
    for (Path model : models) {
      out.println("  %-20s%s".formatted(model.getFileName(), describe(model)));
    }
    out.println();
    out.println("Bundled documents");
    for (Path document : documents) {
      out.println(
          String.format(
              Locale.ROOT,
              "  %-20s%,.0f KiB",
              document.getFileName(),
              Math.ceil(Files.size(document) / KIB)));
    }
    out.flush();
  }

  private static String describe(Path model) {
    try (LoadedDecoder opened = ModelLoader.inspectDecoder(model, 1)) {
      ModelConfig config = opened.decoder().config();
      return String.format(
          Locale.ROOT,
          "%s, %,d parameters (%s), L_pretrain %d",
          config.family(),
          opened.decoder().parameters(),
          opened.decoder().dtypes(),
          config.pretrainLength());
    } catch (IOException e) {
      return "cannot be opened: " + Failures.describe(e);
    }
  }

  void writeJson(PrintWriter out) throws IOException {
    try (JsonGenerator json = JsonFile.onto(out)) {
      json.writeStartObject();
      write(json, "models", models);
      write(json, "documents", documents);
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void write(JsonGenerator json, String name, List<Path> paths) {
    json.writeArrayPropertyStart(name);
    for (Path path : paths) {
      json.writeStartObject();
      json.writeStringProperty("name", String.valueOf(path.getFileName()));
      json.writeStringProperty("path", path.toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
