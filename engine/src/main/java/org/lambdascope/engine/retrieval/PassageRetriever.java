package org.lambdascope.engine.retrieval;

import java.util.List;

/** Scores passages against a query: BM25, or a dense scorer of one's own. */
@FunctionalInterface
public interface PassageRetriever {

  /**
   * The best passages.
   *
   * @param candidates ids of each passage, at least 1
   * @param query ids
   * @param count the most passages to return, at least 1
   * @return at least 1 passage, best first
   */
  List<ScoredPassage> retrieve(List<int[]> candidates, int[] query, int count);
}
