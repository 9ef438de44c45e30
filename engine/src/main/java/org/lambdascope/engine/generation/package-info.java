/** Sessions, samplers, stop criteria and the generation loop. */
package org.lambdascope.engine.generation;
