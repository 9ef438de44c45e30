/**
 * Numbers about texts and about numbers: BLEU, ROUGE, exact match and token F1 with the definitions
 * of the packages that papers use, and intervals for proportions and means. Depends on no other
 * package of the engine.
 */
package org.lambdascope.engine.metrics;
