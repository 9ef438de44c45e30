/** Experiments: cut into units of work that are stored one by one, then turned into metrics. */
package org.lambdascope.engine.study;
