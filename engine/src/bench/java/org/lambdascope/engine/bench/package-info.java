/** Times kernels with JMH; docs/performance.md says how. */
package org.lambdascope.engine.bench;
