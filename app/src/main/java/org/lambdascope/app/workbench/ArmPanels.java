package org.lambdascope.app.workbench;

import org.jspecify.annotations.Nullable;
import org.lambdascope.app.figure.Panel;

/**
 * The three diagnostics of one arm, on axes that all arms share; null where there is nothing yet.
 *
 * @param logits factor 1
 * @param entropy factor 2
 * @param pca factor 3
 */
public record ArmPanels(@Nullable Panel logits, @Nullable Panel entropy, @Nullable Panel pca) {

  /** Nothing yet. */
  public static final ArmPanels NONE = new ArmPanels(null, null, null);
}
