package org.lambdascope.engine.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.attention.Branch;
import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.attention.ContextPolicy.VisibleRun;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.attention.Retrieval;
import org.lambdascope.engine.attention.Span;
import org.lambdascope.engine.model.ModelConfig;

/**
 * Which keys each query of an arm reaches when a text is read, and at what distance, in positions
 * of the text. Follows from the arm's span plan row by row; no mask is ever built.
 */
public final class ArmMask {

  private final Arm arm;
  private final ContextPolicy policy;
  private final boolean bos;
  private final int text;

  /**
   * The mask of an arm that scores a text.
   *
   * @param slidingWindow the model's own window
   * @param bos whether the model has a begin-of-sequence id, which windows after the first begin
   *     with
   */
  public ArmMask(Arm arm, int slidingWindow, boolean bos) {
    this(arm, arm.policy(slidingWindow), bos, Edge.UNBOUNDED);
  }

  private ArmMask(Arm arm, ContextPolicy policy, boolean bos, int text) {
    this.arm = arm;
    this.policy = policy;
    this.bos = bos;
    this.text = text;
  }

  /** The mask of an arm that scores a text on a model. */
  public static ArmMask of(Arm arm, ModelConfig config) {
    return new ArmMask(arm, config.slidingWindow(), config.bosId() >= 0);
  }

  /** This mask where the arm scores so many tokens and generates what follows them. */
  public ArmMask generatingAfter(int tokens) {
    return new ArmMask(arm, policy, bos, tokens);
  }

  /** The arm. */
  public Arm arm() {
    return arm;
  }

  /** Where the window begins that the arm reads this query in; 0 without windows. */
  public int windowStart(int query) {
    return TextWindows.of(query, text).start(arm, query, bos);
  }

  /** The keys that a query reaches, as disjoint runs in ascending order of position. */
  public List<MaskRun> row(int query) {
    int start = windowStart(query);
    // The row before a window predicts its first token: BOS stands there and sees itself alone.
    int origin = Math.min(query, start);
    List<MaskRun> runs = new ArrayList<>();
    beforeWindow(start, origin, runs);
    int i = query - origin;
    for (VisibleRun run : policy.visible(i)) {
      runs.add(
          new MaskRun(
              origin + run.from(), origin + run.to(), reach(run.branch()), origin, run.distance()));
    }
    retrieved(i, origin, runs);
    runs.sort(Comparator.comparingInt(MaskRun::from));
    return runs;
  }

  /** The run that holds a key; null where the query does not reach it. */
  public @Nullable MaskRun run(int query, int key) {
    for (MaskRun run : row(query)) {
      if (run.contains(key)) {
        return run;
      }
    }
    return null;
  }

  private static Reach reach(Branch branch) {
    return switch (branch) {
      case LOCAL -> Reach.LOCAL;
      case GLOBAL -> Reach.GLOBAL;
      case MIDDLE -> Reach.MIDDLE;
    };
  }

  /** What is reached from beside the window: that the arm cuts at {@code start}. */
  private void beforeWindow(int start, int end, List<MaskRun> runs) {
    int first = 0;
    if (arm.kind().needsEncoder()) {
      int chunk = arm.get("chunk");
      first = Math.ceilDiv(Math.max(0, start - arm.get("context")), chunk) * chunk;
    } else if (arm.kind() != ArmKind.REPLUG) {
      return;
    }
    if (first < end) {
      Reach reach = arm.kind() == ArmKind.REPLUG ? Reach.PASSAGE : Reach.ENCODED;
      runs.add(new MaskRun(first, end, reach, 0, null));
    }
  }

  private void retrieved(int i, int origin, List<MaskRun> runs) {
    Span span = policy.retrieval().candidates();
    int from = span.from().at(i);
    int to = span.to().at(i);
    int whole = to; // where the last whole block ends; what follows it is shown in any case
    boolean any = true;
    if (policy.retrieval() instanceof Retrieval.TopBlocks blocks) {
      whole = to - Math.floorMod(to - from, blocks.block());
      any = blocks.count() > 0;
    }
    if (any && from < whole) {
      runs.add(run(from, whole, Reach.CANDIDATE, origin, span));
    }
    if (from < to && whole < to) {
      runs.add(run(whole, to, Reach.MIDDLE, origin, span));
    }
  }

  private static MaskRun run(int from, int to, Reach reach, int origin, Span span) {
    return new MaskRun(origin + from, origin + to, reach, origin, span.distance());
  }
}
