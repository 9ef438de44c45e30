/** The window: menus, shortcuts, status bar and the one composition root. */
package org.lambdascope.app.shell;
