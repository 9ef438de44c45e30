package org.lambdascope.app.figure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.probe.DistanceSeries;
import org.lambdascope.engine.probe.EntropyByPosition;
import org.lambdascope.engine.probe.HiddenPca;
import org.lambdascope.engine.probe.LogitsByDistance;

/**
 * The captured diagnostics of a run as long tables: one row per arm, layer, head and bin. RFC 4180,
 * UTF-8; layers, heads and positions count from 0; both ends of a bin belong to it; NaN is an empty
 * field; arms without the diagnostic have no rows.
 */
public final class DiagnosticCsv {

  private DiagnosticCsv() {}

  /**
   * Factor 1, before the softmax: {@code
   * arm,layer,head,branch,distance_from,distance_to,count,mean,sd,min,max}. Distances are raw, in
   * tokens. The branch is {@code local} or {@code global} over all queries, or {@code last-query}
   * for the last query over both branches. Bins that no key fell into have no row.
   *
   * @throws IOException with a message that names the file and the reason
   */
  public static void logitsByDistance(Path file, List<ScoreResult> results) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          CsvWriter csv = new CsvWriter(out);
          csv.row(
              "arm",
              "layer",
              "head",
              "branch",
              "distance_from",
              "distance_to",
              "count",
              "mean",
              "sd",
              "min",
              "max");
          for (ScoreResult result : results) {
            LogitsByDistance data = result.diagnostics().logitsByDistance();
            if (data != null) {
              String arm = result.arm().toString();
              branch(csv, arm, data, "local", data.local());
              branch(csv, arm, data, "global", data.global());
              branch(csv, arm, data, "last-query", data.lastQuery());
            }
          }
          csv.flush();
        });
  }

  private static void branch(
      CsvWriter csv,
      String arm,
      LogitsByDistance data,
      String branch,
      @Nullable DistanceSeries series)
      throws IOException {
    if (series == null) {
      return;
    }
    for (int layer = 0; layer < data.layers(); layer++) {
      for (int head = 0; head < data.heads(); head++) {
        for (int bin = 0; bin < data.bins(); bin++) {
          if (series.count(layer, head, bin) == 0) {
            continue;
          }
          csv.text(arm);
          csv.number(layer);
          csv.number(head);
          csv.text(branch);
          csv.number(data.distanceOf(bin));
          csv.number(last(bin, data.binWidth(), data.tokens()));
          csv.number(series.count(layer, head, bin));
          csv.number(series.mean(layer, head, bin));
          csv.number(series.sd(layer, head, bin));
          csv.number((float) series.min(layer, head, bin));
          csv.number((float) series.max(layer, head, bin));
          csv.end();
        }
      }
    }
  }

  /**
   * Factor 2, after the softmax, in nats: {@code
   * arm,layer,head,position_from,position_to,mean,min,max,ln_visible}.
   *
   * @throws IOException with a message that names the file and the reason
   */
  public static void entropy(Path file, List<ScoreResult> results) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          CsvWriter csv = new CsvWriter(out);
          csv.row(
              "arm",
              "layer",
              "head",
              "position_from",
              "position_to",
              "mean",
              "min",
              "max",
              "ln_visible");
          for (ScoreResult result : results) {
            EntropyByPosition data = result.diagnostics().entropy();
            if (data != null) {
              entropy(csv, result.arm().toString(), data);
            }
          }
          csv.flush();
        });
  }

  private static void entropy(CsvWriter csv, String arm, EntropyByPosition data)
      throws IOException {
    for (int layer = 0; layer < data.layers(); layer++) {
      for (int head = 0; head < data.heads(); head++) {
        for (int bin = 0; bin < data.bins(); bin++) {
          int index = (layer * data.heads() + head) * data.bins() + bin;
          csv.text(arm);
          csv.number(layer);
          csv.number(head);
          csv.number(data.positionOf(bin));
          csv.number(last(bin, data.binWidth(), data.tokens()));
          csv.number(data.means()[index]);
          csv.number(data.mins()[index]);
          csv.number(data.maxs()[index]);
          csv.number(data.logVisible()[bin]);
          csv.end();
        }
      }
    }
  }

  /**
   * Factor 3: {@code arm,layer,position,pc1,pc2,explained1,explained2}; the last two are fractions
   * of the variance, the same in every row of an arm.
   *
   * @throws IOException with a message that names the file and the reason
   */
  public static void pca(Path file, List<ScoreResult> results) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          CsvWriter csv = new CsvWriter(out);
          csv.row("arm", "layer", "position", "pc1", "pc2", "explained1", "explained2");
          for (ScoreResult result : results) {
            HiddenPca data = result.diagnostics().hiddenPca();
            if (data != null) {
              pca(csv, result.arm().toString(), data);
            }
          }
          csv.flush();
        });
  }

  private static void pca(CsvWriter csv, String arm, HiddenPca data) throws IOException {
    for (int position = 0; position < data.points().length; position++) {
      csv.text(arm);
      csv.number(data.layer());
      csv.number(position);
      csv.number(data.points()[position][0]);
      csv.number(data.points()[position][1]);
      csv.number(data.explained()[0]);
      csv.number(data.explained()[1]);
      csv.end();
    }
  }

  private static int last(int bin, int width, int tokens) {
    return Math.min((bin + 1) * width, tokens) - 1;
  }
}
