/** The terms of the field as this program uses them, defined once. */
package org.lambdascope.app.words;
