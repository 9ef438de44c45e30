/** Context policies as span plans, and the driver that walks them. */
package org.lambdascope.engine.attention;
