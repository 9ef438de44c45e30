/** Experiment files: edited as text and as a form, run and watched. */
package org.lambdascope.app.experiment;
