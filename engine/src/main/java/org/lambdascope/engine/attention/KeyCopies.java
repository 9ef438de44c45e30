package org.lambdascope.engine.attention;

import java.util.ArrayList;
import java.util.List;
import org.lambdascope.engine.cache.KeyValueCache.Extent;
import org.lambdascope.engine.position.PositionEncoding;
import org.lambdascope.engine.position.Rope;

/**
 * The copies of every key that a cache must hold for a policy: one per way in which its spans give
 * keys a position, and an un-rotated one where keys are turned again as the text grows.
 *
 * @param positions the positions that each copy is rotated to; distinct
 * @param extents the keys of which each copy is kept
 */
record KeyCopies(List<KeyPositions> positions, List<Extent> extents) {

  static KeyCopies of(ContextPolicy policy, PositionEncoding encoding) {
    if (!(encoding instanceof Rope rope)) {
      return new KeyCopies(List.of(KeyPositions.ZERO), List.of(Extent.ALL)); // nothing rotates
    }
    List<KeyPositions> positions = new ArrayList<>();
    List<Extent> extents = new ArrayList<>();
    for (Span span : policy.readSpans()) {
      // Global keys are initial ones, which caches keep apart.
      Extent extent = span.branch() == Branch.GLOBAL ? Extent.SINKS : Extent.ALL;
      add(positions, extents, span.distance().keys(), extent);
    }
    if (rope.scaling().staged()) {
      add(positions, extents, KeyPositions.ZERO, Extent.ALL);
    }
    return new KeyCopies(List.copyOf(positions), List.copyOf(extents));
  }

  private static void add(
      List<KeyPositions> positions, List<Extent> extents, KeyPositions of, Extent extent) {
    int found = positions.indexOf(of);
    if (found < 0) {
      positions.add(of);
      extents.add(extent);
    } else if (extent == Extent.ALL) {
      extents.set(found, extent);
    }
  }

  int count() {
    return positions.size();
  }

  /** The copy that a span reads. */
  int of(Span span) {
    return Math.max(0, positions.indexOf(span.distance().keys())); // −1: nothing rotates
  }

  /** The un-rotated copy, or −1. */
  int unrotated() {
    return positions.indexOf(KeyPositions.ZERO);
  }
}
