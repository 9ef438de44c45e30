/**
 * The command line: the only place that writes to the standard streams. Results go to standard
 * output; progress, notes and errors go to standard error.
 */
package org.lambdascope.app.cli;
