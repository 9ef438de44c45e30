/** The mask of an arm as a picture whose edges can be dragged. */
package org.lambdascope.app.mask;
