package org.lambdascope.engine.tokenizer;

import java.util.OptionalInt;
import java.util.Set;

/**
 * The ids that frame a text.
 *
 * @param bosId begins a text, if the model has such a token
 * @param addsBos whether the model's own configuration puts it in front of every text
 * @param eosIds end a text
 */
record SpecialIds(OptionalInt bosId, boolean addsBos, Set<Integer> eosIds) {

  SpecialIds {
    eosIds = Set.copyOf(eosIds);
    addsBos = addsBos && bosId.isPresent();
  }
}
