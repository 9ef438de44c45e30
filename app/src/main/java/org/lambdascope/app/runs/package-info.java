/** The runs browser: stored runs, filtered, compared and drawn. */
package org.lambdascope.app.runs;
