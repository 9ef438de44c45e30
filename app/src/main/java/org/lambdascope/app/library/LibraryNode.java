package org.lambdascope.app.library;

/** A row of the tree. */
sealed interface LibraryNode {

  /** The heading of a section. */
  record Section(LibraryItem.Kind kind) implements LibraryNode {}

  /** Something that can be opened. */
  record Item(LibraryItem item) implements LibraryNode {}

  /** Stands in an empty section and says how to fill it. */
  record Hint(String text) implements LibraryNode {}
}
