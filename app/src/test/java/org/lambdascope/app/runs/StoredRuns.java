package org.lambdascope.app.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders of runs that were never run. */
public final class StoredRuns {

  private StoredRuns() {}

  /**
   * Writes the folder of a run with metrics over one, two and no coordinates.
   *
   * @param status as {@code run.json} has it
   * @param level of its values
   */
  public static Path write(Path in, String name, String started, String status, int level)
      throws IOException {
    Path folder = Files.createDirectories(in.resolve(name));
    Files.writeString(
        folder.resolve("run.json"),
        """
        {"id": "%012x", "name": "%s", "status": "%s", "configuration": "c", "model": "tiny",
         "started": "%s", "finished": null, "done": %d, "units": 4}
        """
            .formatted(
                name.hashCode() & 0xffffffffL,
                name,
                status,
                started,
                status.equals("DONE") ? 4 : 3));
    Files.writeString(
        folder.resolve("spec.yaml"),
        """
        lambdascope: 1
        name: %s
        model: lambda-llama
        arms: [vanilla, window]
        data: {text: welcome, piece: 64, count: 2}
        experiments:
          - {kind: perplexity, lengths: [16, 64]}
          - {kind: ablation, arm: lm-infinite, grid: {global: [0, 4], local: [8, 16]}, length: 64}
        """
            .formatted(name));
    StringBuilder csv =
        new StringBuilder("experiment,metric,unit,arm,x_name,x,y_name,y,value,low,high,n\r\n");
    for (String arm : new String[] {"vanilla", "window"}) {
      for (int length : new int[] {16, 32, 64}) {
        csv.append(
            "perplexity,nll,nats/token,%s,length,%d,,,%d,,,2\r\n".formatted(arm, length, level));
      }
      csv.append("perplexity,share,,%s,,,,,0.%d,,,2\r\n".formatted(arm, level));
    }
    for (int global : new int[] {0, 4}) {
      for (int local : new int[] {8, 16}) {
        csv.append(
            "ablation,grid_nll,nats/token,\"lm-infinite:global=%d,local=%d\",global,%d,local,%d,%d.5,,,2\r\n"
                .formatted(global, local, global, local, level + local));
      }
    }
    Files.writeString(folder.resolve("metrics.csv"), csv);
    return folder;
  }
}
