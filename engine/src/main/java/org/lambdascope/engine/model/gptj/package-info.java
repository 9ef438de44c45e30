/** GPT-J. */
package org.lambdascope.engine.model.gptj;
