package org.lambdascope.engine.experiment.bench;

import java.util.Arrays;
import org.lambdascope.engine.experiment.Arm;

/**
 * How fast an arm does one thing.
 *
 * @param arm the arm
 * @param task what it does
 * @param tokens tokens that are read, or stand before those that are decoded
 * @param tokensPerSecond every repetition's, ascending
 * @param bound tokens per second that the machine's limits allow
 * @param boundBy the limit that is reached first
 * @param cacheBytes of the key/value cache afterwards
 * @param garbageBytes on the heap per token that are not the cache's, in the best repetition
 */
public record Speed(
    Arm arm,
    Task task,
    int tokens,
    double[] tokensPerSecond,
    double bound,
    Limit boundBy,
    long cacheBytes,
    double garbageBytes) {

  /** What is timed. */
  public enum Task {
    /** Reading a text of so many tokens, from nothing to the logits of its last. */
    PREFILL,
    /** The same with the diagnostics captured on the way; the PCA, which follows, is not. */
    PROBED,
    /** Decoding one by one after so many tokens. */
    DECODE,
    /** The same of several texts, a token of each in one pass; tokens of all are counted. */
    TOGETHER
  }

  /** What bounds a speed. */
  public enum Limit {
    /** Multiply-adds. */
    COMPUTE,
    /** Bytes of weights, keys and values. */
    BANDWIDTH
  }

  public Speed {
    tokensPerSecond = tokensPerSecond.clone();
    Arrays.sort(tokensPerSecond);
  }

  /** The middle one; the mean of the two in the middle where these are even in number. */
  public double median() {
    int n = tokensPerSecond.length;
    return (tokensPerSecond[(n - 1) / 2] + tokensPerSecond[n / 2]) / 2;
  }

  /** The slowest. */
  public double slowest() {
    return tokensPerSecond[0];
  }

  /** The fastest. */
  public double fastest() {
    return tokensPerSecond[tokensPerSecond.length - 1];
  }

  /** The median as a share of the bound. */
  public double share() {
    return median() / bound;
  }
}
