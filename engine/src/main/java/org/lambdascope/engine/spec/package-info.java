/** Experiment files: what they say, checked, with the line that each entry stands on. */
package org.lambdascope.engine.spec;
