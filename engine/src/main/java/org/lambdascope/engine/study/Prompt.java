package org.lambdascope.engine.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A prompt whose answer is known.
 *
 * @param text the prompt
 * @param answer what should be written after it
 * @param at the group that it belongs to, such as length and depth
 */
record Prompt(String text, String answer, Map<String, Double> at) {
  Prompt {
    at = Collections.unmodifiableMap(new LinkedHashMap<>(at));
  }
}
