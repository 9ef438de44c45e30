/** PyTorch checkpoints: a zip of raw storages with a pickle that names them. No code can run. */
package org.lambdascope.engine.format.pickle;
