package org.lambdascope.engine.experiment.context;

import org.lambdascope.engine.experiment.Arm;

/**
 * One stretch of targets under one arm with one context.
 *
 * @param arm the arm
 * @param context tokens before the targets and their local tokens that the arm was offered
 * @param control what stood there
 * @param document index of the document
 * @param start index of the first target in it
 * @param nll mean negative log-likelihood of the targets, in nats per token
 * @param readSeconds until the first target's prediction was there: encoding the context, or
 *     reading it into the key/value cache; an encoder's time counts in full even where the chunks
 *     were still in memory
 * @param decoded targets that were read one by one, as generation does
 * @param decodeSeconds for these
 * @param bytes the most that the key/value caches and the encoded context held together
 */
public record ContextMeasurement(
    Arm arm,
    int context,
    ContextControl control,
    int document,
    int start,
    double nll,
    double readSeconds,
    int decoded,
    double decodeSeconds,
    long bytes) {}
