package org.lambdascope.engine.model;

/**
 * How much a model's weights are.
 *
 * @param parameters elements of all tensors
 * @param bytes bytes that they take in their files
 * @param dtypes data types, most bytes first, for people
 */
public record WeightTotals(long parameters, long bytes, String dtypes) {}
