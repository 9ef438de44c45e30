/**
 * The arithmetic that everything above is written in: one interface, two twins, one thread team.
 */
package org.lambdascope.engine.kernels;
