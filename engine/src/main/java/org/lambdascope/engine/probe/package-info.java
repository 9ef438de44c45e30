/** Taps and their streaming collectors: the three out-of-distribution factors. */
package org.lambdascope.engine.probe;
