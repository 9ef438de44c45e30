/** Everything about the one token that was clicked. */
package org.lambdascope.app.inspector;
