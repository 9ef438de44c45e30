/** The LLaMA family. */
package org.lambdascope.engine.model.llama;
