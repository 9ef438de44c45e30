package org.lambdascope.app.figure;

import java.util.List;
import org.jfree.data.xy.AbstractXYDataset;

/** A panel's series as JFreeChart sees them. */
final class PanelDataset extends AbstractXYDataset {

  private static final long serialVersionUID = 1L;

  private final transient List<Series> series;

  PanelDataset(List<Series> series) {
    this.series = series;
  }

  @Override
  public int getSeriesCount() {
    return series.size();
  }

  @Override
  public Comparable<?> getSeriesKey(int index) {
    return series.get(index).name();
  }

  @Override
  public int getItemCount(int index) {
    return series.get(index).x().length;
  }

  @Override
  public Number getX(int index, int item) {
    return getXValue(index, item);
  }

  @Override
  public Number getY(int index, int item) {
    return getYValue(index, item);
  }

  @Override
  public double getXValue(int index, int item) {
    return series.get(index).x()[item];
  }

  @Override
  public double getYValue(int index, int item) {
    return series.get(index).y()[item];
  }
}
