package org.lambdascope.app.figure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.lambdascope.engine.experiment.context.ContextCost;
import org.lambdascope.engine.experiment.context.ContextPoint;

/** What context is worth and what it costs, as tables. */
public final class ContextCsv {

  private ContextCsv() {}

  /** A row per arm, context and control, whole or not at all. */
  public static void write(Path file, List<ContextPoint> points) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          CsvWriter csv = new CsvWriter(out);
          csv.row(
              "arm",
              "context",
              "control",
              "documents",
              "nll",
              "nll_half",
              "change",
              "change_half",
              "read_seconds",
              "decode_tokens_per_second",
              "bytes");
          for (ContextPoint p : points) {
            csv.text(p.arm().toString());
            csv.number(p.context());
            csv.text(p.control().id());
            csv.number(p.nll().count());
            csv.number(p.nll().mean());
            csv.number(p.nll().half());
            csv.number(p.change().mean());
            csv.number(p.change().half());
            csv.number(p.readSeconds());
            csv.number(p.decodeTokensPerSecond());
            csv.number(p.bytes());
            csv.end();
          }
          csv.flush();
        });
  }

  /** A row per way and length, whole or not at all. */
  public static void cost(Path file, List<ContextCost.Point> points) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          CsvWriter csv = new CsvWriter(out);
          csv.row(
              "way", "context", "read_seconds", "decode_tokens_per_second", "bytes", "heap_bytes");
          for (ContextCost.Point p : points) {
            csv.text(p.way().title());
            csv.number(p.length());
            csv.number(p.readSeconds());
            csv.number(p.decodeTokensPerSecond());
            csv.number(p.bytes());
            csv.number(p.heapBytes());
            csv.end();
          }
          csv.flush();
        });
  }
}
