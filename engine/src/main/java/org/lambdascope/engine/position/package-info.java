/** Positional encodings: positions in, rotation out. */
package org.lambdascope.engine.position;
