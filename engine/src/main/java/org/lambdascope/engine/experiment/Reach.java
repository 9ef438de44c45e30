package org.lambdascope.engine.experiment;

/** How a query reaches a key of the text. */
public enum Reach {
  /** In self-attention, for being near. */
  LOCAL,
  /** In self-attention, for standing at the beginning. */
  GLOBAL,
  /** In self-attention, between the branches, whatever the key says. */
  MIDDLE,
  /** In self-attention, if its logits are among the highest: chosen per query. */
  CANDIDATE,
  /** In cross-attention, through the encoder. */
  ENCODED,
  /** In self-attention, if it is in a passage that is retrieved and put before the window. */
  PASSAGE
}
