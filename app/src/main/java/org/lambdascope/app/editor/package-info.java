/** The figure editor: a figure at its final size, with everything about it that can be set. */
package org.lambdascope.app.editor;
