package org.lambdascope.app.session;

import java.util.List;
import java.util.Map;
import org.lambdascope.app.common.TokenShading;
import org.lambdascope.app.figure.LogitsView;

/**
 * What is looked at, and how; colours are the user's, not the session's.
 *
 * @param page the page in the middle of the window, from 0
 * @param layer the charts' layer, from 0, or {@link LogitsView#ALL}
 * @param head the charts' head, likewise
 * @param statistic how logits are summarised
 * @param shading what shades tokens
 * @param dividers where the dividers of each split pane stand, 0 to 1, by the pane's id
 */
public record ViewState(
    int page,
    int layer,
    int head,
    LogitsView.Statistic statistic,
    TokenShading shading,
    Map<String, List<Double>> dividers) {

  public ViewState {
    dividers = Map.copyOf(dividers);
  }
}
