/** The guided tour: steps that point at parts of the window. */
package org.lambdascope.app.tour;
