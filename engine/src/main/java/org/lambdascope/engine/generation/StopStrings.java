package org.lambdascope.engine.generation;

import java.util.List;

/**
 * Finds stop strings in text that comes in pieces. Text that may still become a stop string is held
 * back. The stop string that is complete first wins, and the longest of those that end together, so
 * that the result does not depend on where the pieces end.
 */
final class StopStrings {

  private final List<String> stops;
  private final StringBuilder held = new StringBuilder();
  private boolean found;

  StopStrings(List<String> stops) {
    this.stops = List.copyOf(stops);
  }

  /** Adds text and returns what is now certain to stand before any stop string. */
  String push(String text) {
    if (found) {
      return "";
    }
    held.append(text);
    int from = -1;
    int end = Integer.MAX_VALUE;
    for (String stop : stops) {
      int at = held.indexOf(stop);
      if (at >= 0 && (at + stop.length() < end || (at + stop.length() == end && at < from))) {
        from = at;
        end = at + stop.length();
      }
    }
    if (from >= 0) {
      found = true;
      String certain = held.substring(0, from);
      held.setLength(0);
      return certain;
    }
    int certain = held.length() - possibleBeginning();
    String out = held.substring(0, certain);
    held.delete(0, certain);
    return out;
  }

  /** Ends the text: what was held back. */
  String finish() {
    String rest = held.toString();
    held.setLength(0);
    return rest;
  }

  /** Whether a stop string came up. */
  boolean found() {
    return found;
  }

  /** Length of the longest end of the held text that begins a stop string. */
  private int possibleBeginning() {
    int longest = 0;
    for (String stop : stops) {
      for (int n = Math.min(stop.length() - 1, held.length()); n > longest; n--) {
        if (endsWithBeginning(stop, n)) {
          longest = n;
        }
      }
    }
    return longest;
  }

  private boolean endsWithBeginning(String stop, int n) {
    int offset = held.length() - n;
    for (int i = 0; i < n; i++) {
      if (held.charAt(offset + i) != stop.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
