package org.lambdascope.app.shell;

import java.util.Map;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Separator;
import javafx.scene.control.SplitMenuButton;
import javafx.scene.control.ToolBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.lambdascope.app.common.NumberField;
import org.lambdascope.app.settings.Theme;
import org.lambdascope.app.workbench.WorkbenchViewModel;
import org.lambdascope.engine.experiment.ArmKind;

/** The commands that are used all the time. */
final class MainToolBar extends ToolBar {

  private static final int MOST_NEW_TOKENS = 100_000;

  MainToolBar(Commands commands) {
    SplitMenuButton model = new SplitMenuButton();
    model.setText("Open model");
    model.setOnAction(e -> commands.openModelFolder());
    model
        .getItems()
        .addAll(
            item("Folder …", commands::openModelFolder),
            item("GGUF file …", commands::openModelFile));
    model.setTooltip(new Tooltip("Open a model folder or GGUF file (Ctrl+O, Ctrl+G)"));
    model.setId("open-model");
    Button text = button("Open text", "Open a text file in UTF-8 (Ctrl+T)", commands::openText);
    text.setId("open-text");
    WorkbenchViewModel workbench = commands.workbench();
    NumberField length =
        new NumberField(
            "Tokens to read",
            "How many tokens of the text each arm reads",
            workbench.lengthProperty(),
            2,
            workbench::availableTokens);
    length.setId("length");
    NumberField generate =
        new NumberField(
            "Tokens to generate",
            "How many tokens each arm generates after the text (greedy); 0 for none",
            workbench.newTokensProperty(),
            0,
            () -> MOST_NEW_TOKENS);
    generate.setId("new-tokens");
    length.disableProperty().bind(commands.incomplete());
    generate.disableProperty().bind(commands.incomplete());
    Button run = button("Run", "Run all arms (Ctrl+Enter)", commands::run);
    run.setId("run");
    run.getStyleClass().add("accent");
    run.disableProperty().bind(commands.incomplete());
    Button cancel = button("Cancel", "Stop all runs; what is shown stays (Esc)", commands::cancel);
    cancel.setId("cancel");
    cancel.disableProperty().bind(commands.idle());
    MenuButton add = new MenuButton("Add arm");
    add.setId("add-arm");
    add.setTooltip(new Tooltip("Add a column with another arm"));
    for (Map.Entry<ArmKind, String> kind : Commands.kinds()) {
      MenuItem item = item(kind.getValue(), () -> commands.addArm(kind.getKey()));
      item.setMnemonicParsing(false);
      add.getItems().add(item);
    }
    add.disableProperty().bind(commands.incomplete());
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    Button export =
        button(
            "Export",
            "Write all figures as PDF, SVG, PNG and CSV into a folder (Ctrl+E)",
            commands::exportAll);
    export.setId("export");
    export.disableProperty().bind(commands.incomplete());
    Button theme = button("", "Switch between light and dark (Ctrl+D)", commands::toggleTheme);
    theme.setId("theme");
    theme.setMinWidth(74);
    commands
        .shell()
        .themeProperty()
        .subscribe(now -> theme.setText(now == Theme.LIGHT ? "☾ Dark" : "☀ Light"));
    getItems()
        .addAll(
            model,
            text,
            new Separator(Orientation.VERTICAL),
            captioned("Read", length, "tokens,"),
            captioned("generate", generate, "tokens"),
            new Separator(Orientation.VERTICAL),
            run,
            cancel,
            new Separator(Orientation.VERTICAL),
            add,
            gap,
            export,
            theme);
  }

  private static Node captioned(String before, NumberField field, String after) {
    Label label = new Label(before);
    label.setLabelFor(field);
    field.setPrefColumnCount(5);
    HBox box = new HBox(6, label, field);
    if (!after.isEmpty()) {
      box.getChildren().add(new Label(after));
    }
    box.setAlignment(Pos.CENTER_LEFT);
    return box;
  }

  private static Button button(String text, String tooltip, Runnable action) {
    Button button = new Button(text);
    button.setTooltip(new Tooltip(tooltip));
    button.setOnAction(e -> action.run());
    return button;
  }

  private static MenuItem item(String text, Runnable action) {
    MenuItem item = new MenuItem(text);
    item.setOnAction(e -> action.run());
    return item;
  }
}
