/**
 * Figures: what is drawn is plain data ({@link org.lambdascope.app.figure.Figure}), which becomes
 * JFreeChart charts for the window and PDF, SVG, PNG and CSV files for papers. No JavaFX.
 */
package org.lambdascope.app.figure;
