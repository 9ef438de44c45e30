/** NumPy's {@code .npy} arrays, written and read. */
package org.lambdascope.app.npy;
