package org.lambdascope.app.words;

/**
 * A term.
 *
 * @param term as it is written in the window
 * @param meaning a sentence or two
 * @param source the paper that it comes from; empty where it is nobody's in particular
 */
public record Word(String term, String meaning, String source) {

  /** The definition for a tooltip: meaning and source. */
  public String definition() {
    return source.isEmpty() ? meaning : meaning + "\n" + source;
  }

  /** Term and definition. */
  @Override
  public String toString() {
    return term + " — " + definition();
  }
}
