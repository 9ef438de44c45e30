package org.lambdascope.app.figure.spec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.FigureCsv;
import org.lambdascope.app.figure.HeatMapSeries;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.npy.Npy;

/**
 * Heat maps as NumPy's {@code .npz}: for each panel {@code NAME.value [rows, columns]} with {@code
 * NAME.y [rows]} and {@code NAME.x [columns]}, float64; NaN where there is no cell. The same maps
 * give the same bytes.
 */
final class HeatMapNpz {

  /** The earliest time that a zip file knows. */
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

  private HeatMapNpz() {}

  static boolean has(Figure figure) {
    return figure.panels().stream()
        .anyMatch(p -> p.series().stream().anyMatch(HeatMapSeries.class::isInstance));
  }

  static byte[] bytes(Figure figure) throws IOException {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    List<String> names = FigureCsv.unique(figure.panels().stream().map(Panel::title).toList());
    for (int p = 0; p < names.size(); p++) {
      String name = names.get(p).isEmpty() ? "panel" : names.get(p);
      figure.panels().get(p).series().stream()
          .filter(HeatMapSeries.class::isInstance)
          .map(HeatMapSeries.class::cast)
          .findFirst()
          .ifPresent(map -> add(arrays, name, map));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
        zip.putNextEntry(entry(array.getKey(), array.getValue()));
        zip.write(array.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static ZipEntry entry(String name, byte[] content) {
    CRC32 sum = new CRC32();
    sum.update(content);
    // A slash would be a folder to unzip into.
    ZipEntry entry = new ZipEntry(name.replace('/', '_') + ".npy");
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(sum.getValue());
    entry.setTimeLocal(EPOCH);
    return entry;
  }

  private static void add(Map<String, byte[]> arrays, String name, HeatMapSeries map) {
    double[] x = Arrays.stream(map.x()).distinct().sorted().toArray();
    double[] y = Arrays.stream(map.y()).distinct().sorted().toArray();
    double[] value = new double[Math.multiplyExact(y.length, x.length)];
    Arrays.fill(value, Double.NaN);
    for (int i = 0; i < map.value().length; i++) {
      int row = Arrays.binarySearch(y, map.y()[i]);
      value[row * x.length + Arrays.binarySearch(x, map.x()[i])] = map.value()[i];
    }
    arrays.put(name + ".value", Npy.of(value, y.length, x.length));
    arrays.put(name + ".y", Npy.of(y, y.length));
    arrays.put(name + ".x", Npy.of(x, x.length));
  }
}
