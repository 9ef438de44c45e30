/** Runs of experiment files: their folders, and the store in which they are found again. */
package org.lambdascope.app.run;
