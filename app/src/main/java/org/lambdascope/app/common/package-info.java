/** Controls, background tasks and dialogs that every feature of the window shares. */
package org.lambdascope.app.common;
