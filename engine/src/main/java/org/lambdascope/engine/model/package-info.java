/** Model configuration, the decoder interface and the registry of families. */
package org.lambdascope.engine.model;
