package org.lambdascope.app.workbench;

import org.jspecify.annotations.Nullable;
import org.lambdascope.app.figure.Panel;

/**
 * The diagnostics of one arm, on axes that all arms share; null where there is nothing yet.
 *
 * @param logits factor 1
 * @param entropy factor 2
 * @param pca factor 3
 * @param crossMass cross-attention by chunk; null for arms without an encoder
 * @param crossNorm norm of its output relative to the residual stream; likewise
 * @param stale whether they belong to earlier settings
 */
public record ArmPanels(
    @Nullable Panel logits,
    @Nullable Panel entropy,
    @Nullable Panel pca,
    @Nullable Panel crossMass,
    @Nullable Panel crossNorm,
    boolean stale) {

  /** The same, marked as stale or not. */
  ArmPanels marked(boolean nowStale) {
    return new ArmPanels(logits, entropy, pca, crossMass, crossNorm, nowStale);
  }

  /** Nothing yet. */
  public static final ArmPanels NONE = new ArmPanels(null, null, null, null, null, false);
}
