package org.lambdascope.app.common;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import org.lambdascope.app.figure.Panel;

/** What every chart offers: it is copied, exported, and opened as a figure. */
public final class ChartMenu {

  private static final String[] FORMATS = {"svg", "pdf", "png", "csv"};

  private ChartMenu() {}

  /**
   * Items for a menu of a chart; they do nothing while there is no chart.
   *
   * @param name gives the name of its files, without extension
   */
  public static List<MenuItem> items(
      ChartSource chart, Supplier<String> name, ChartActions actions) {
    List<MenuItem> items = new ArrayList<>();
    items.add(item("_Copy image", () -> with(chart, actions::copy)));
    Menu export = new Menu("_Export");
    for (String format : FORMATS) {
      export
          .getItems()
          .add(
              item(
                  format.toUpperCase(Locale.ROOT) + " …",
                  () -> with(chart, panel -> actions.export(panel, format, name.get()))));
    }
    items.add(export);
    items.add(
        item(
            "_Open as figure …",
            () -> with(chart, panel -> actions.openAsFigure(panel, name.get()))));
    return items;
  }

  private static MenuItem item(String title, Runnable action) {
    MenuItem item = new MenuItem(title);
    item.setOnAction(e -> action.run());
    return item;
  }

  private static void with(ChartSource chart, Consumer<Panel> action) {
    Panel panel = chart.panel();
    if (panel != null) {
      action.accept(panel);
    }
  }
}
