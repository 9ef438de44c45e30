/**
 * What context is worth and what it costs: fixed targets, while only what stands before changes.
 */
package org.lambdascope.engine.experiment.context;
