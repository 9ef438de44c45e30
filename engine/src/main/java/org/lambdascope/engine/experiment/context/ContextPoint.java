package org.lambdascope.engine.experiment.context;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.context.Targets.Place;

/**
 * One arm with one context, over all documents. A document counts once, whatever the number of its
 * stretches.
 *
 * @param arm the arm
 * @param context tokens of context
 * @param control what stood there
 * @param nll mean negative log-likelihood, in nats per token
 * @param change {@code nll} less that of the reference, paired by stretch: for {@link
 *     ContextControl#TRUE} the shortest context, for the other controls the true one
 * @param readSeconds mean per stretch; see {@link ContextMeasurement#readSeconds}
 * @param decodeTokensPerSecond tokens read one by one per second; NaN where there were none
 * @param bytes the most that caches and encoded context held
 */
public record ContextPoint(
    Arm arm,
    int context,
    ContextControl control,
    Interval nll,
    Interval change,
    double readSeconds,
    double decodeTokensPerSecond,
    long bytes) {

  private record Key(Arm arm, int context, ContextControl control) {}

  /** Summarises measurements, in the order of arms, contexts and controls. */
  public static List<ContextPoint> of(List<ContextMeasurement> measurements) {
    Map<Key, Map<Place, ContextMeasurement>> byKey = new LinkedHashMap<>();
    Map<Arm, Integer> shortest = new LinkedHashMap<>();
    for (ContextMeasurement m : measurements) {
      byKey
          .computeIfAbsent(new Key(m.arm(), m.context(), m.control()), k -> new LinkedHashMap<>())
          .put(new Place(m.document(), m.start()), m);
      shortest.merge(m.arm(), m.context(), Math::min);
    }
    List<ContextPoint> points = new ArrayList<>();
    for (Map.Entry<Key, Map<Place, ContextMeasurement>> entry : byKey.entrySet()) {
      Key key = entry.getKey();
      int reference =
          key.control() == ContextControl.TRUE
              ? shortest.getOrDefault(key.arm(), 0)
              : key.context();
      points.add(
          point(
              key,
              entry.getValue(),
              byKey.getOrDefault(new Key(key.arm(), reference, ContextControl.TRUE), Map.of())));
    }
    List<Arm> order = List.copyOf(shortest.keySet());
    points.sort(
        Comparator.comparingInt((ContextPoint p) -> order.indexOf(p.arm()))
            .thenComparingInt(ContextPoint::context)
            .thenComparing(ContextPoint::control));
    return points;
  }

  private static ContextPoint point(
      Key key, Map<Place, ContextMeasurement> own, Map<Place, ContextMeasurement> reference) {
    List<ContextMeasurement> all = List.copyOf(own.values());
    List<ContextMeasurement> paired =
        all.stream().filter(m -> reference.containsKey(place(m))).toList();
    int decoded = all.stream().mapToInt(ContextMeasurement::decoded).sum();
    double seconds = all.stream().mapToDouble(ContextMeasurement::decodeSeconds).sum();
    return new ContextPoint(
        key.arm(),
        key.context(),
        key.control(),
        byDocument(all, ContextMeasurement::nll),
        byDocument(
            paired,
            m -> {
              ContextMeasurement other = reference.get(place(m));
              return other == null ? Double.NaN : m.nll() - other.nll();
            }),
        all.stream().mapToDouble(ContextMeasurement::readSeconds).average().orElse(Double.NaN),
        decoded == 0 ? Double.NaN : decoded / seconds,
        all.stream().mapToLong(ContextMeasurement::bytes).max().orElse(0));
  }

  private static Place place(ContextMeasurement m) {
    return new Place(m.document(), m.start());
  }

  private static Interval byDocument(
      List<ContextMeasurement> measurements, ToDoubleFunction<ContextMeasurement> value) {
    Map<Integer, List<ContextMeasurement>> documents = new TreeMap<>();
    for (ContextMeasurement m : measurements) {
      documents.computeIfAbsent(m.document(), d -> new ArrayList<>()).add(m);
    }
    return Interval.of(
        documents.values().stream()
            .mapToDouble(ms -> ms.stream().mapToDouble(value).average().orElse(Double.NaN))
            .toArray());
  }
}
