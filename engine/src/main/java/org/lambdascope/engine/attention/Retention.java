package org.lambdascope.engine.attention;

/** Which past keys a later query can still need; the cache drops the rest. */
public sealed interface Retention {

  /** All keys are needed for ever. */
  record All() implements Retention {}

  /** Only the first {@code sinks} keys and the last {@code recent} (the query's own among them). */
  record SinksAndRecent(int sinks, int recent) implements Retention {}
}
