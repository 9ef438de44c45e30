/** The GGUF container, versions 2 and 3. */
package org.lambdascope.engine.format.gguf;
