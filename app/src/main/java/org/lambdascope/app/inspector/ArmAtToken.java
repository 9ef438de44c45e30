package org.lambdascope.app.inspector;

import java.util.List;

/**
 * One arm at the selected token.
 *
 * @param column which column of the workbench, from 0
 * @param kind name of the arm
 * @param parameters its parameters, for people; empty when it has none
 * @param stale whether the arm's settings have changed since
 * @param token the token there, for people; arms may have generated different ones
 * @param id its id
 * @param position where it stands
 * @param nll its negative log-likelihood in nats, as the query before predicted it; NaN when there
 *     is none
 * @param visible number of keys that the query at this position sees
 * @param besides what that query reaches besides, in words; empty for nothing
 * @param keys those keys, as runs
 */
public record ArmAtToken(
    int column,
    String kind,
    String parameters,
    boolean stale,
    String token,
    int id,
    int position,
    double nll,
    int visible,
    String besides,
    List<VisibleKeys> keys) {}
