/** What is seen before anything is open: worked examples, and what to open. */
package org.lambdascope.app.welcome;
