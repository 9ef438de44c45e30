/** The Vector-API kernels; the only importer of jdk.incubator.vector. */
package org.lambdascope.engine.kernels.vector;
