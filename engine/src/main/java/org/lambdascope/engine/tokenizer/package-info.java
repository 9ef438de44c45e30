/** Text to token ids and back, as adaptors over well-kept libraries. */
package org.lambdascope.engine.tokenizer;
