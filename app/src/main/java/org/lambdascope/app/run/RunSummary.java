package org.lambdascope.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.lambdascope.app.run.RunStore.StoredRun;
import org.lambdascope.engine.spec.ExperimentFile;
import org.lambdascope.engine.spec.ExperimentSpec;
import org.lambdascope.engine.spec.SpecNode;

/**
 * A run in a list.
 *
 * @param run the run with its folder
 * @param kinds of its experiments, each once
 * @param arms that it compared, as the command line writes them
 * @param there whether its folder is there
 */
public record RunSummary(StoredRun run, List<String> kinds, List<String> arms, boolean there) {

  public RunSummary {
    kinds = List.copyOf(kinds);
    arms = List.copyOf(arms);
  }

  /**
   * A run with what its experiment file says, as it stands in its folder: a store knows no more of
   * a run than when it was last put there, and a run that is killed can put nothing.
   *
   * @param experiments names of its experiments, where there is no file
   * @param measured arms that have metrics, where there is no file
   */
  static RunSummary of(
      StoredRun stored, Collection<String> experiments, Collection<String> measured) {
    boolean there = Files.isDirectory(stored.folder());
    StoredRun run = there ? new StoredRun(standing(stored), stored.folder()) : stored;
    Set<String> kinds = new LinkedHashSet<>();
    Set<String> arms = new LinkedHashSet<>();
    try {
      for (ExperimentSpec spec :
          ExperimentFile.read(RunFolder.specFile(run.folder())).experiments()) {
        kinds.add(spec.header().kind());
        for (SpecNode arm : spec.header().arms()) {
          arms.add(arm.text());
        }
      }
    } catch (IOException e) {
      // Gone, or of a version that is not read any more: the metrics say what was measured.
      kinds.addAll(experiments);
      arms.addAll(measured);
    }
    return new RunSummary(run, List.copyOf(kinds), List.copyOf(arms), there);
  }

  private static RunRecord standing(StoredRun stored) {
    try {
      RunRecord now = RunFolder.standing(stored.folder());
      return now != null && now.id().equals(stored.record().id()) ? now : stored.record();
    } catch (IOException e) {
      return stored.record();
    }
  }
}
