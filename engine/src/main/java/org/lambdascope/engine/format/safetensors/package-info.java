/** The safetensors container, single file or sharded. */
package org.lambdascope.engine.format.safetensors;
