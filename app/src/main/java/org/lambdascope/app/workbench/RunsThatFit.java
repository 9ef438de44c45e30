package org.lambdascope.app.workbench;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.lambdascope.engine.attention.Retention;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.kernels.CacheType;

/** Looks for runs that fit the memory, in place of one that does not. */
final class RunsThatFit {

  /** Narrower ways to store keys and values, the most precise first. */
  private static final List<CacheType> NARROWER = List.of(CacheType.BF16, CacheType.Q8);

  private final ArmRunner runner;
  private final long free;

  /**
   * Looks.
   *
   * @param free bytes that a run may take
   */
  RunsThatFit(ArmRunner runner, long free) {
    this.runner = runner;
    this.free = free;
  }

  /** Whether a run fits. */
  boolean fits(RunRequest request) {
    return runner.predictedBytes(request) <= free;
  }

  /** The most tokens with which all runs fit; empty if 2 are too many. */
  Optional<Integer> mostTokens(List<RunRequest> requests) {
    int low = 1; // fits or is too few
    int high = requests.stream().mapToInt(r -> r.tokens().length).max().orElse(1) + 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (requests.stream().allMatch(r -> fits(r.first(Math.min(middle, r.tokens().length))))) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low < 2 ? Optional.empty() : Optional.of(low);
  }

  /** The most precise narrower cache with which all runs fit. */
  Optional<CacheType> cache(List<RunRequest> requests) {
    CacheType now = requests.isEmpty() ? CacheType.F32 : requests.getFirst().cache();
    return NARROWER.stream()
        .filter(type -> type.compareTo(now) > 0 && allFit(requests, r -> r.storing(type)))
        .findFirst();
  }

  /** LM-Infinite in place of an arm that keeps all keys, if that fits. */
  Optional<Arm> droppingKeys(RunRequest request, int pretrainLength) {
    boolean keepsAll = request.arm().policy().retention() instanceof Retention.All;
    Arm arm = Arm.withDefaults(ArmKind.LM_INFINITE, Math.max(1, pretrainLength));
    return keepsAll && fits(request.of(arm)) ? Optional.of(arm) : Optional.empty();
  }

  private boolean allFit(List<RunRequest> requests, UnaryOperator<RunRequest> change) {
    return requests.stream().map(change).allMatch(this::fits);
  }
}
