/** Commands: what a person can do in the window, once, for menus, tool bar, palette and keys. */
package org.lambdascope.app.command;
