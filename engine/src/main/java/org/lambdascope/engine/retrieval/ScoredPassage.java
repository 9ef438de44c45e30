package org.lambdascope.engine.retrieval;

/**
 * A passage with what it scored.
 *
 * @param tokens ids
 * @param score higher is better; only differences count
 */
public record ScoredPassage(int[] tokens, double score) {}
