/** What the window remembers between starts. */
package org.lambdascope.app.settings;
