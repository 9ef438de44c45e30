/** What the window works on in the background, and what it did. */
package org.lambdascope.app.jobs;
