/** Positional encodings: positions in, rotation or bias out. */
package org.lambdascope.engine.position;
