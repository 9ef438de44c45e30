package org.lambdascope.app.session;

import java.util.List;
import java.util.Map;
import javafx.beans.property.IntegerProperty;
import javafx.beans.value.ObservableValue;
import org.lambdascope.app.settings.WindowBounds;

/** What a session keeps of the window's look. */
public interface SessionLayout {

  /** The page in the middle, from 0. */
  IntegerProperty pageProperty();

  /** Where the dividers of each split pane stand, 0 to 1, by the pane's id. */
  Map<String, List<Double>> dividers();

  /** Moves dividers; panes that are not there are left out. */
  void setDividers(Map<String, List<Double>> dividers);

  /** Where windows of single pages and parts stand, by the names of what they show. */
  Map<String, WindowBounds> windows();

  /** Moves these pages and parts into windows there, and all others back into the main window. */
  void setWindows(Map<String, WindowBounds> windows);

  /** What changes when single pages show something else, or other parts stand around them. */
  List<ObservableValue<?>> pageValues();

  /** What single pages show, and which parts stand around them. */
  PageState pages();

  /** Shows it again, as far as it is still there. */
  void setPages(PageState pages);
}
