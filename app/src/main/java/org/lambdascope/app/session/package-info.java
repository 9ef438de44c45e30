/**
 * Sessions: everything in the window as one file, saved by hand and by itself, undo and redo of
 * settings, and the commands that compute the same without the window.
 */
package org.lambdascope.app.session;
