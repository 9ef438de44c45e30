/** MPT. */
package org.lambdascope.engine.model.mpt;
