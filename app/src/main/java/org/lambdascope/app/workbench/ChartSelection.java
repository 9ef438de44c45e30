package org.lambdascope.app.workbench;

import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.lambdascope.app.figure.EntropyView;
import org.lambdascope.app.figure.LogitsView;

/** Which layer, head and statistic the diagnostics show, in all columns alike. */
public final class ChartSelection {

  /** Stands for all layers, or all heads. */
  public static final int ALL = LogitsView.ALL;

  private final IntegerProperty layer = new SimpleIntegerProperty(ALL);
  private final IntegerProperty head = new SimpleIntegerProperty(ALL);
  private final ObjectProperty<LogitsView.Statistic> statistic =
      new SimpleObjectProperty<>(LogitsView.Statistic.MEAN);

  /** Decoder layer from 0, or {@link #ALL}. */
  public IntegerProperty layerProperty() {
    return layer;
  }

  /** Query head from 0, or {@link #ALL}. */
  public IntegerProperty headProperty() {
    return head;
  }

  /** How logits are summarised. */
  public ObjectProperty<LogitsView.Statistic> statisticProperty() {
    return statistic;
  }

  /** The attention logits to show. */
  public LogitsView logits() {
    return new LogitsView(statistic.get(), layer.get(), head.get());
  }

  /** The attention entropies to show. */
  public EntropyView entropy() {
    return new EntropyView(layer.get(), head.get());
  }

  /** Keeps the selection within a model's shape. */
  void fit(int layers, int heads) {
    if (layer.get() >= layers) {
      layer.set(ALL);
    }
    if (head.get() >= heads) {
      head.set(ALL);
    }
  }
}
