/** Models from one format to another, tensor by tensor. */
package org.lambdascope.engine.convert;
