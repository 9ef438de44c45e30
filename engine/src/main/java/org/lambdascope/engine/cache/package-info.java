/** Un-rotated and rotated key/value caches: contiguous, and sink + ring. */
package org.lambdascope.engine.cache;
