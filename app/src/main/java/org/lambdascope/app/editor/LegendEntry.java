package org.lambdascope.app.editor;

/**
 * A name in a legend, which series of several panels may share.
 *
 * @param name as it is printed
 * @param variant whether it stands for a dash of lines; else for a colour
 * @param colour place in the palette; −1 where it has none of it
 */
public record LegendEntry(String name, boolean variant, int colour) {}
