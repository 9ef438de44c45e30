/** GPT-NeoX. */
package org.lambdascope.engine.model.gptneox;
