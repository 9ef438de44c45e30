/** Finding passages that fit a query. */
package org.lambdascope.engine.retrieval;
