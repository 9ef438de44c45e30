/** Arms side by side: runs, parameters, tokens and diagnostics. */
package org.lambdascope.app.workbench;
