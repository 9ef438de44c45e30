package org.lambdascope.app.shell;

/** Parts around the pages, each of which can be moved into a window of its own. */
enum ShellPanel {
  /** The tree on the left. */
  LIBRARY("library", "Models, documents and runs", "_Models, documents and runs", 340, 760),
  /** The settings of the selected arm. */
  ARM("arm", "Selected arm", "Selected _arm", 420, 480),
  /** The inspector. */
  TOKEN("token", "Selected token", "Selected _token", 480, 820),
  /** Jobs and the log. */
  BOTTOM("bottom", "Jobs and log", "_Jobs and log", 900, 420);

  private final String id;
  private final String title;
  private final String menuTitle;
  private final double width;
  private final double height;

  ShellPanel(String id, String title, String menuTitle, double width, double height) {
    this.id = id;
    this.title = title;
    this.menuTitle = menuTitle;
    this.width = width;
    this.height = height;
  }

  /** Names it in the ids of commands. */
  String id() {
    return id;
  }

  /** For people. */
  String title() {
    return title;
  }

  /** Its title in a menu, with {@code _} before the letter that chooses it. */
  String menuTitle() {
    return menuTitle;
  }

  /** Of a window for it alone, in pixels. */
  double width() {
    return width;
  }

  /** Of a window for it alone, in pixels. */
  double height() {
    return height;
  }
}
