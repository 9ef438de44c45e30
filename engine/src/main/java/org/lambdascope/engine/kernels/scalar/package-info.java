/** The reference kernels: plain loops that define what the vector twin must compute. */
package org.lambdascope.engine.kernels.scalar;
