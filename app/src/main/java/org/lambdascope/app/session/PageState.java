package org.lambdascope.app.session;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What single pages show, and which parts stand around them.
 *
 * @param parts which parts around the pages are shown, by their names
 * @param tokenLayer the layer of the attention row, from 0
 * @param tokenHead its head, from 0
 * @param stateLayer the layer of the hidden states, from 0
 * @param mask the part of the mask
 * @param runs the folders of the runs that are compared
 */
public record PageState(
    Map<String, Boolean> parts,
    int tokenLayer,
    int tokenHead,
    int stateLayer,
    Cells mask,
    List<String> runs) {

  /** Queries and keys: the first of each, and the one after the last. */
  public record Cells(int queryFrom, int queryTo, int keyFrom, int keyTo) {}

  public PageState {
    parts = Map.copyOf(parts);
    Objects.requireNonNull(mask, "mask"); // a file may say null
    runs = List.copyOf(runs);
  }
}
