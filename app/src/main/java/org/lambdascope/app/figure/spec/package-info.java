/**
 * Figures as files: a specification that names columns of stored data, from which the figure is
 * drawn again, and the folder that holds both.
 */
package org.lambdascope.app.figure.spec;
