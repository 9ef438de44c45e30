package org.lambdascope.app.common;

import org.jspecify.annotations.Nullable;
import org.lambdascope.app.figure.Panel;

/** Something that is shown and can be a chart of a paper. */
@FunctionalInterface
public interface ChartSource {

  /** The chart as it is shown now; null while there is none. */
  @Nullable Panel panel();
}
