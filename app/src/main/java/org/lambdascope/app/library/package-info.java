/** The tree at the left of the window: models, documents and runs. */
package org.lambdascope.app.library;
