package org.lambdascope.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** A JSON result, written as the run goes. */
final class JsonFile implements AutoCloseable {

  private final OutputFile file;
  private final JsonGenerator json;

  private JsonFile(OutputFile file, JsonGenerator json) {
    this.file = file;
    this.json = json;
  }

  /** Begins a file; see {@link OutputFile#begin}. */
  static JsonFile begin(String option, Path target, Path model, @Nullable Path text) {
    OutputFile file = OutputFile.begin(option, target, model, text);
    return new JsonFile(file, factory().createGenerator(ObjectWriteContext.empty(), file.stream()));
  }

  /** A generator onto standard output, which stays open. */
  static JsonGenerator onto(PrintWriter out) {
    return factory().createGenerator(ObjectWriteContext.empty(), out);
  }

  private static JsonFactory factory() {
    return JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
  }

  JsonGenerator generator() {
    return json;
  }

  /** {@code "name": [ids]}. */
  void ids(String name, int[] ids) {
    json.writeArrayPropertyStart(name);
    for (int id : ids) {
      json.writeNumber(id);
    }
    json.writeEndArray();
  }

  /** {@code "name": [values]}: the first {@code count}; null where one is not finite. */
  void values(String name, float[] values, int count) {
    json.writeArrayPropertyStart(name);
    for (int i = 0; i < count; i++) {
      if (Float.isFinite(values[i])) {
        json.writeNumber(values[i]);
      } else {
        json.writeNull(); // JSON has no NaN
      }
    }
    json.writeEndArray();
  }

  /** Puts the finished file in its place. */
  void commit() throws IOException {
    json.writeRaw('\n');
    json.close();
    file.commit();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
