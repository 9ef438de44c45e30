package org.lambdascope.app.figure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.probe.CrossAttentionSummary;

/**
 * Cross-attention as long tables, in the manner of {@link DiagnosticCsv}: both ends of a bin belong
 * to it, everything counts from 0, and bins of positions without a context have no rows.
 */
public final class CrossAttentionCsv {

  private CrossAttentionCsv() {}

  /**
   * Share of the attention per chunk, after the softmax, mean over heads: {@code
   * arm,layer,position_from,position_to,chunk_from,chunk_to,share}.
   *
   * @throws IOException with a message that names the file and the reason
   */
  public static void mass(Path file, List<ScoreResult> results) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          CsvWriter csv = new CsvWriter(out);
          csv.row(
              "arm", "layer", "position_from", "position_to", "chunk_from", "chunk_to", "share");
          for (ScoreResult result : results) {
            CrossAttentionSummary data = result.diagnostics().crossAttention();
            if (data != null) {
              mass(csv, result.arm().toString(), data);
            }
          }
          csv.flush();
        });
  }

  private static void mass(CsvWriter csv, String arm, CrossAttentionSummary data)
      throws IOException {
    for (int layer = 0; layer < data.layers(); layer++) {
      for (int bin = 0; bin < data.positionBins(); bin++) {
        for (int chunk = 0; chunk < data.chunkBins(); chunk++) {
          if (Float.isNaN(data.mass(layer, bin, chunk))) {
            continue;
          }
          position(csv, arm, layer, bin, data);
          csv.number((long) chunk * data.chunkBinWidth());
          csv.number(last(chunk, data.chunkBinWidth(), data.chunks()));
          csv.number(data.mass(layer, bin, chunk));
          csv.end();
        }
      }
    }
  }

  /**
   * ‖cross-attention output‖ / ‖residual‖: {@code arm,layer,position_from,position_to,ratio}.
   *
   * @throws IOException with a message that names the file and the reason
   */
  public static void norm(Path file, List<ScoreResult> results) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          CsvWriter csv = new CsvWriter(out);
          csv.row("arm", "layer", "position_from", "position_to", "ratio");
          for (ScoreResult result : results) {
            CrossAttentionSummary data = result.diagnostics().crossAttention();
            if (data != null) {
              norm(csv, result.arm().toString(), data);
            }
          }
          csv.flush();
        });
  }

  private static void norm(CsvWriter csv, String arm, CrossAttentionSummary data)
      throws IOException {
    for (int layer = 0; layer < data.layers(); layer++) {
      for (int bin = 0; bin < data.positionBins(); bin++) {
        if (!Float.isNaN(data.ratio(layer, bin))) {
          position(csv, arm, layer, bin, data);
          csv.number(data.ratio(layer, bin));
          csv.end();
        }
      }
    }
  }

  private static void position(
      CsvWriter csv, String arm, int layer, int bin, CrossAttentionSummary data)
      throws IOException {
    csv.text(arm);
    csv.number(layer);
    csv.number((long) bin * data.binWidth());
    csv.number(last(bin, data.binWidth(), data.tokens()));
  }

  private static int last(int bin, int width, int items) {
    return Math.min((bin + 1) * width, items) - 1;
  }
}
