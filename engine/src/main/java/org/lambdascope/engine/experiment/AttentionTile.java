package org.lambdascope.engine.experiment;

/**
 * The exact attention of one query in one head, recomputed on demand.
 *
 * @param layer decoder layer, from 0
 * @param head query head, from 0
 * @param query position of the query
 * @param keys positions of the visible keys, ascending
 * @param effectiveDistances the distance at which each appears
 * @param global whether each belongs to the global branch
 * @param logits scaled logits before the softmax
 * @param probabilities after the softmax
 */
public record AttentionTile(
    int layer,
    int head,
    int query,
    int[] keys,
    double[] effectiveDistances,
    boolean[] global,
    float[] logits,
    float[] probabilities) {}
