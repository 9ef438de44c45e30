/** Arms and experiments: specification record in, result record out. */
package org.lambdascope.engine.experiment;
