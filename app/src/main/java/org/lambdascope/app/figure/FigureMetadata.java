package org.lambdascope.app.figure;

/**
 * What a file says of itself beside the picture: PDF keywords, SVG {@code <metadata>}, PNG text.
 *
 * @param configuration hash of the configuration of the run that the data come from, such as {@code
 *     sha256:…}; empty where there is none
 * @param anonymous whether the program's name is left out, for double-blind review
 */
public record FigureMetadata(String configuration, boolean anonymous) {

  /** Of a figure of no stored run. */
  public static final FigureMetadata NONE = new FigureMetadata("", false);
}
