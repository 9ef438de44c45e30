package org.lambdascope.app.workbench;

import org.lambdascope.app.models.SharedModel;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.probe.CaptureOptions;

/**
 * One arm to be run on one text.
 *
 * @param model the model
 * @param arm the arm
 * @param tokens {@code [N]}: the text, at least 2 ids; shared, so never modified
 * @param newTokens how many tokens to generate after it, at least 0
 * @param captures the diagnostics to capture while the text is scored
 */
public record RunRequest(
    SharedModel model, Arm arm, int[] tokens, int newTokens, CaptureOptions captures) {}
