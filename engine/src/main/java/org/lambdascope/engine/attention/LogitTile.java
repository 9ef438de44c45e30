package org.lambdascope.engine.attention;

/**
 * Scaled attention logits of consecutive queries of one head against consecutive keys, before the
 * softmax. Rows are queries, lanes are keys.
 *
 * @param firstQuery position of row 0
 * @param rows how many
 * @param firstKey position of lane 0
 * @param branch that the keys are seen through
 * @param logits {@code [rows, stride]}; reused, so copy what is kept
 * @param stride floats between rows
 * @param from {@code [rows]}: first lane that the query of a row sees
 * @param to {@code [rows]}: one past the last; nothing is seen where it is not above {@code from}
 */
public record LogitTile(
    int firstQuery,
    int rows,
    int firstKey,
    Branch branch,
    float[] logits,
    int stride,
    int[] from,
    int[] to) {

  /** The same with positions that are counted from {@code by} positions earlier. */
  public LogitTile later(int by) {
    return new LogitTile(firstQuery + by, rows, firstKey + by, branch, logits, stride, from, to);
  }

  /** The same with other ends of what each query sees. */
  LogitTile seenTo(int[] ends) {
    return new LogitTile(firstQuery, rows, firstKey, branch, logits, stride, from, ends);
  }
}
