/** Model sources: names and bytes, validated before any view of them is made. */
package org.lambdascope.engine.format;
