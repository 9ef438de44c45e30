package org.lambdascope.engine.experiment.context;

import java.util.ArrayList;
import java.util.List;
import org.lambdascope.engine.experiment.Arm;

/**
 * Stretches of documents that are scored while only what stands before them changes.
 *
 * @param documents ids of each document, without BOS
 * @param places where the stretches begin, by document and ascending; documents too short for the
 *     longest context have none
 * @param length tokens of a stretch, at least 1
 * @param local tokens right before a stretch that are read beside it whatever the context
 * @param longest the longest context that every place has, in tokens
 */
public record Targets(
    List<int[]> documents, List<Place> places, int length, int local, int longest) {

  /**
   * Where a stretch begins.
   *
   * @param document index of the document
   * @param start index of the first target in it
   */
  public record Place(int document, int start) {}

  public Targets {
    documents = List.copyOf(documents);
    places = List.copyOf(places);
  }

  /**
   * Stretches that are spread evenly over the part of each document that has the longest context
   * before it: from the earliest possible place to the document's end. A single one lies at the
   * end.
   *
   * @param perDocument stretches per document, at least 1
   * @throws IllegalArgumentException if no document is long enough
   */
  public static Targets spread(
      List<int[]> documents, int length, int local, int longest, int perDocument) {
    if (length < 1 || local < 0 || longest < 0 || perDocument < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 target, 1 stretch per document, and no negative size; found targets=%d, local=%d, context=%d, stretches=%d"
              .formatted(length, local, longest, perDocument));
    }
    // One token more than that: without BOS it is the one that the first target is predicted from.
    long first = (long) longest + local + 1;
    List<Place> places = new ArrayList<>();
    for (int d = 0; d < documents.size(); d++) {
      long last = (long) documents.get(d).length - length;
      if (last < first) {
        continue;
      }
      for (int n = 0; n < perDocument; n++) {
        long start = perDocument == 1 ? last : first + (last - first) * n / (perDocument - 1);
        places.add(new Place(d, (int) start));
      }
    }
    if (places.isEmpty()) {
      throw new IllegalArgumentException(
          "expected a document of at least %d tokens (context %d, local %d, targets %d), found at most %d"
              .formatted(
                  first + length,
                  longest,
                  local,
                  length,
                  documents.stream().mapToInt(d -> d.length).max().orElse(0)));
    }
    return new Targets(documents, places, length, local, longest);
  }

  /** Targets in a stretch where nothing else is said. */
  private static final int MOST = 256;

  /**
   * As many targets as fit the arms' windows beside BOS and the local tokens; at most 256, and less
   * than 1 where none fits.
   */
  public static int fitting(List<Arm> arms, int local) {
    return Math.min(MOST, window(arms, MOST + local + 1) - local - 1);
  }

  /** The decoder's window: the least of the arms that have one, else another length. */
  public static int window(List<Arm> arms, int otherwise) {
    return arms.stream()
        .filter(a -> a.parameters().containsKey("window"))
        .mapToInt(a -> a.get("window"))
        .min()
        .orElse(otherwise);
  }

  /** Documents that have places. */
  public List<Integer> used() {
    return places.stream().map(Place::document).distinct().toList();
  }

  /** The document that stands in for another one: the next of those that have places. */
  int other(int document) {
    List<Integer> used = used();
    return used.get((used.indexOf(document) + 1) % used.size());
  }
}
