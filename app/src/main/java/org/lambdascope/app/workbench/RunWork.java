package org.lambdascope.app.workbench;

/**
 * About how much a run has to compute, in multiply-adds.
 *
 * @param reading for the text
 * @param generating for what is generated after it
 */
public record RunWork(double reading, double generating) {

  /** Not known. */
  public static final RunWork UNKNOWN = new RunWork(Double.NaN, Double.NaN);
}
