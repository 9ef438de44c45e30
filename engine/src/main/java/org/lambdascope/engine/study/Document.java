package org.lambdascope.engine.study;

/**
 * A text of a run.
 *
 * @param name file and, where it was cut or is one of many, place
 * @param tokens its ids
 */
public record Document(String name, int[] tokens) {}
