package org.lambdascope.app.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class EnvelopeTest {

  @Property(seed = "20", tries = 200)
  void everyColumnKeepsItsExtremesAndEnds(
      @ForAll @IntRange(min = 0, max = 3000) int n,
      @ForAll @IntRange(min = 1, max = 200) int columns,
      @ForAll boolean zoomed,
      @ForAll long seed) {
    Random random = new Random(seed);
    double[] x = new double[n];
    double[] y = new double[n];
    double width = columns - random.nextInt(2) * random.nextDouble();
    double left = zoomed ? -1.5 * width : 0; // of what there is, in the columns of the page
    double right = zoomed ? 2.5 * width : width;
    for (int i = 0; i < n; i++) {
      x[i] = left + (right - left) * i / n;
      // What lies outside a zoom reaches further than what lies inside.
      y[i] = random.nextGaussian() * (x[i] < 0 || x[i] > width ? 10 : 1);
    }

    int[] kept = Envelope.indices(x, y, width);

    assertThat(kept).isSorted().hasSizeLessThanOrEqualTo(4 * (columns + 2));
    Set<Integer> set = new HashSet<>(Arrays.stream(kept).boxed().toList());
    assertThat(set).hasSameSizeAs(kept);
    double[] min = new double[columns];
    double[] max = new double[columns];
    double[] keptMin = new double[columns];
    double[] keptMax = new double[columns];
    Arrays.fill(min, Double.POSITIVE_INFINITY);
    Arrays.fill(keptMin, Double.POSITIVE_INFINITY);
    Arrays.fill(max, Double.NEGATIVE_INFINITY);
    Arrays.fill(keptMax, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < n; i++) {
      if (x[i] < 0 || x[i] > width) {
        continue;
      }
      int c = Math.min((int) x[i], columns - 1);
      min[c] = Math.min(min[c], y[i]);
      max[c] = Math.max(max[c], y[i]);
      if (set.contains(i)) {
        keptMin[c] = Math.min(keptMin[c], y[i]);
        keptMax[c] = Math.max(keptMax[c], y[i]);
      }
    }
    assertThat(keptMin).isEqualTo(min);
    assertThat(keptMax).isEqualTo(max);
    if (n > 0) {
      assertThat(set).contains(0, n - 1);
    }
  }

  @Property(seed = "20", tries = 50)
  void gapsStayGaps(@ForAll @IntRange(min = 3, max = 500) int n, @ForAll long seed) {
    double[] x = new double[n];
    double[] y = new double[n];
    Arrays.setAll(x, i -> 10.0 * i / n);
    Random random = new Random(seed);
    Arrays.setAll(y, i -> random.nextDouble());
    int gap = 1 + random.nextInt(n - 2);
    y[gap] = Double.NaN;
    assertThat(Envelope.indices(x, y, 10)).contains(gap - 1, gap, gap + 1);
  }
}
