/** Data types and tensor storage over memory-mapped segments; no arithmetic. */
package org.lambdascope.engine.tensor;
