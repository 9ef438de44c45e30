/**
 * CEPE (arXiv 2402.16617): a LLaMA decoder that reaches earlier text through a small encoder and
 * cross-attention in its layers.
 */
package org.lambdascope.engine.model.cepe;
