/** How fast arms run, beside what the machine allows. */
package org.lambdascope.engine.experiment.bench;
