/** Opening models and texts. */
package org.lambdascope.app.models;
