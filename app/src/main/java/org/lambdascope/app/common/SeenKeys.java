package org.lambdascope.app.common;

import java.util.List;
import org.lambdascope.engine.attention.DistanceRule;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.MaskRun;
import org.lambdascope.engine.experiment.Reach;

/** How many keys a query sees, and which it reaches besides, in words. */
public final class SeenKeys {

  private SeenKeys() {}

  /** Keys that the query sees in self-attention whatever they hold. */
  public static int certain(List<MaskRun> row) {
    return row.stream()
        .filter(
            run ->
                switch (run.reach()) {
                  case LOCAL, GLOBAL, MIDDLE -> true;
                  case CANDIDATE, ENCODED, PASSAGE -> false;
                })
        .mapToInt(SeenKeys::size)
        .sum();
  }

  /** What the query reaches besides: {@code " + up to 128 retrieved"}; empty for nothing. */
  public static String besides(Arm arm, List<MaskRun> row) {
    StringBuilder words = new StringBuilder();
    for (MaskRun run : row) {
      if (isExtra(run.reach())) {
        words.append(" + ").append(extra(arm, run));
      }
    }
    return words.toString();
  }

  /** How the query reaches a run of keys: {@code local}, or {@code up to 128 retrieved}. */
  public static String how(Arm arm, MaskRun run) {
    boolean streaming = arm.kind() == ArmKind.STREAMING_LLM;
    return switch (run.reach()) {
      case GLOBAL -> streaming ? "sinks" : "global";
      case LOCAL -> streaming ? "recent" : local(arm, run);
      case MIDDLE -> "middle";
      case CANDIDATE, ENCODED, PASSAGE -> extra(arm, run);
    };
  }

  /** Arms that show all keys have no branches: what tells keys apart there is their distances. */
  private static String local(Arm arm, MaskRun run) {
    DistanceRule rule = run.rule();
    if (rule instanceof DistanceRule.Grouped) {
      return "grouped";
    }
    if (rule instanceof DistanceRule.Stretched) {
      return "stretched";
    }
    if (arm.parameters().containsKey("local")) {
      return "local";
    }
    if (rule instanceof DistanceRule.Constant) {
      return "at one distance";
    }
    return arm.kind() == ArmKind.VANILLA && run.from() == 0 ? "all" : "local";
  }

  /** Keys of a run. */
  public static int size(MaskRun run) {
    return run.to() - run.from();
  }

  private static boolean isExtra(Reach reach) {
    return switch (reach) {
      case CANDIDATE, ENCODED, PASSAGE -> true;
      case LOCAL, GLOBAL, MIDDLE -> false;
    };
  }

  private static String extra(Arm arm, MaskRun run) {
    return switch (run.reach()) {
      case ENCODED -> chunks(arm.get("chunk"), run) + " by cross-attention";
      case PASSAGE -> "one passage of %s at a time".formatted(Formats.count(arm.get("chunk")));
      default -> {
        boolean blocks = arm.kind() == ArmKind.INFLLM;
        long most = blocks ? (long) arm.get("blocks") * arm.get("block") : arm.get("k");
        yield "up to %s retrieved%s"
            .formatted(Formats.count(Math.min(most, size(run))), blocks ? "" : " per head");
      }
    };
  }

  private static String chunks(int size, MaskRun run) {
    int first = run.from() / size;
    int last = (run.to() - 1) / size;
    return first == last
        ? "chunk " + Formats.count(first)
        : "chunks %s–%s".formatted(Formats.count(first), Formats.count(last));
  }
}
