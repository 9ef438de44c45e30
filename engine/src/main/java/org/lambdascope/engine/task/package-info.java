/** Progress and cancellation, as plain Java. */
package org.lambdascope.engine.task;
