package org.lambdascope.app.figure;

/**
 * An interval at each point: the band around a line, or the error bars of bars.
 *
 * @param low lower ends, {@code [n]}; NaN where there is none
 * @param high upper ends, {@code [n]}; NaN where there is none
 */
public record Band(double[] low, double[] high) {}
