package org.lambdascope.app.mask;

import java.util.ArrayList;
import java.util.List;
import org.lambdascope.app.workbench.ParameterNames;
import org.lambdascope.engine.experiment.Arm;

/**
 * An edge in the picture of a mask, whose place is a parameter of the arm.
 *
 * @param key the parameter's key
 * @param symbol the field's name for it
 * @param line how the edge runs
 * @param value the parameter's value, in tokens
 */
public record MaskEdge(String key, String symbol, Line line, int value) {

  /** How an edge runs. */
  public enum Line {
    /** At key {@code j = value}. */
    KEY,
    /** At raw distance {@code i − j = value}, from the top left to the bottom right. */
    DISTANCE,
    /** At query {@code i = value}. */
    QUERY
  }

  /** The edges of an arm, in the order of its parameters. */
  static List<MaskEdge> of(Arm arm) {
    List<MaskEdge> edges = new ArrayList<>();
    switch (arm.kind()) {
      case WINDOW -> add(edges, arm, "local", Line.DISTANCE);
      case LAMBDA_MASK, INFLLM -> {
        add(edges, arm, "global", Line.KEY);
        add(edges, arm, "local", Line.DISTANCE);
      }
      case CEILING -> add(edges, arm, "ceiling", Line.DISTANCE);
      case LM_INFINITE -> {
        add(edges, arm, "global", Line.KEY);
        add(edges, arm, "local", Line.DISTANCE);
        add(edges, arm, "ceiling", Line.DISTANCE);
      }
      case STREAMING_LLM -> {
        add(edges, arm, "sink", Line.KEY);
        add(edges, arm, "recent", Line.DISTANCE);
      }
      case SELF_EXTEND, REROPE, LEAKY_REROPE -> add(edges, arm, "window", Line.DISTANCE);
      case DCA -> add(edges, arm, "chunk", Line.KEY);
      case TRUNCATE -> add(edges, arm, "local", Line.QUERY);
      case CEPE, CEPE_DISTILLED -> {
        add(edges, arm, "chunk", Line.KEY);
        // How far before a window the encoder reads: where each of its steps begins.
        add(edges, arm, "context", Line.DISTANCE);
        add(edges, arm, "window", Line.QUERY);
      }
      case REPLUG -> {
        add(edges, arm, "chunk", Line.KEY);
        add(edges, arm, "window", Line.QUERY);
      }
      case VANILLA, LINEAR_PI, NTK, DYNAMIC_NTK, YARN -> {}
    }
    return edges;
  }

  private static void add(List<MaskEdge> edges, Arm arm, String key, Line line) {
    edges.add(new MaskEdge(key, ParameterNames.symbol(key), line, arm.get(key)));
  }
}
