package org.lambdascope.app.run;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Formats;
import org.lambdascope.app.common.FreeMemory;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.spec.ExperimentFile;
import org.lambdascope.engine.study.Experiment;
import org.lambdascope.engine.study.Resources;
import org.lambdascope.engine.study.Studies;
import org.lambdascope.engine.study.StudyModel;
import org.lambdascope.engine.study.Unit;

/** Whether the units of a run fit the memory; where one does not, what would. */
final class ExperimentMemory {

  private final ExperimentFile file;
  private final StudyModel model;
  private final Resources resources;
  private final FreeMemory memory;

  /**
   * The memory of a run.
   *
   * @param memory what it may take
   */
  ExperimentMemory(ExperimentFile file, StudyModel model, Resources resources, FreeMemory memory) {
    this.file = file;
    this.model = model;
    this.resources = resources;
    this.memory = memory;
  }

  /**
   * Checks it before anything is run.
   *
   * @param wanted the units that are still to be done
   * @throws DoesNotFitException if one is too large
   */
  void check(List<Experiment> experiments, Predicate<Unit> wanted) throws IOException {
    List<Unit> left = units(experiments).stream().filter(wanted).toList();
    Unit largest = left.stream().max(Comparator.comparingLong(u -> u.need().bytes())).orElse(null);
    if (largest == null || largest.need().bytes() <= memory.bytes()) {
      return;
    }
    memory.collect();
    long free = memory.bytes();
    if (largest.need().bytes() <= free) {
      return;
    }
    CacheType fitting = fitting(free);
    long fit = left.stream().filter(u -> u.need().bytes() <= free).count();
    throw new DoesNotFitException(
        "%s: expected to need at most the %s that are free, found that its cache and captures will take %s. %s, or a larger heap (-Xmx)."
            .formatted(
                largest.title(),
                Formats.bytes(free),
                Formats.bytes(largest.need().bytes()),
                fitting == null
                    ? "%d of %d units fit: it takes shorter lengths or other arms for the others"
                        .formatted(fit, left.size())
                    : "All units fit with 'cache: %s'; so do %d of %d as it is, the others with shorter lengths or other arms"
                        .formatted(fitting.id(), fit, left.size())),
        fitting);
  }

  /** The widest type of cache with which everything fits; null if there is none. */
  private @Nullable CacheType fitting(long free) throws IOException {
    for (CacheType type : List.of(CacheType.F16, CacheType.Q8)) {
      StudyModel narrow =
          new StudyModel(model.model().storing(type), model.pretrainLength(), model.chunk());
      if (units(Studies.of(file, narrow, resources)).stream()
          .allMatch(u -> u.need().bytes() <= free)) {
        return type;
      }
    }
    return null;
  }

  private static List<Unit> units(List<Experiment> experiments) {
    return experiments.stream().flatMap(e -> e.units().stream()).toList();
  }
}
