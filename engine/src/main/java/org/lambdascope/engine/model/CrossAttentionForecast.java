package org.lambdascope.engine.model;

/**
 * What one way to attend to a context is predicted to cost.
 *
 * @param form the way
 * @param bytes that Φ, and what is kept beside it, take
 * @param multiplyAdds multiplications with additions, for all queries together
 * @param bytesRead from memory, for all queries together
 * @param seconds on this machine: the larger of what arithmetic and memory need at their measured
 *     rates
 */
public record CrossAttentionForecast(
    CrossAttentionForm form, long bytes, double multiplyAdds, double bytesRead, double seconds) {}
