/** The models and documents that ship with the program. */
package org.lambdascope.app.samples;
