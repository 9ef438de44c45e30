package org.lambdascope.app.shell;

import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Separator;
import javafx.scene.control.SplitMenuButton;
import javafx.scene.control.ToolBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.lambdascope.app.command.CommandMenus;
import org.lambdascope.app.command.CommandRegistry;
import org.lambdascope.app.common.NumberField;
import org.lambdascope.app.common.Tips;
import org.lambdascope.app.settings.Theme;
import org.lambdascope.app.workbench.WorkbenchViewModel;

/** The commands that are used all the time. */
final class MainToolBar extends ToolBar {

  private static final int MOST_NEW_TOKENS = 100_000;

  MainToolBar(CommandRegistry commands, ShellViewModel shell, WorkbenchViewModel workbench) {
    SplitMenuButton model = new SplitMenuButton();
    CommandMenus.wire(model, commands.get("file.open-model-folder"));
    model.setText("Open model");
    model
        .getItems()
        .addAll(
            CommandMenus.item(commands.get("file.open-model-folder")),
            CommandMenus.item(commands.get("file.open-gguf")));
    model.getItems().forEach(item -> item.setAccelerator(null)); // the menu bar has them
    model.setId("open-model");
    Button text = button("Open text", "open-text", commands, "file.open-text");
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
    length.disableProperty().bind(shell.completeProperty().not());
    generate.disableProperty().bind(shell.completeProperty().not());
    Button run = button("Run", "run", commands, "run.all");
    run.getStyleClass().add("accent");
    Button cancel = button("Cancel", "cancel", commands, "run.cancel");
    MenuButton add = new MenuButton("Add arm");
    add.setId("add-arm");
    Tips.on(add, "Add a column with another arm");
    CommandMenus.fill(add.getItems(), commands.list("arm.add"), CommandMenus::item);
    add.disableProperty().bind(shell.completeProperty().not());
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    Button export = button("Export", "export", commands, "file.export-all");
    Button theme = button("", "theme", commands, "view.switch-theme");
    theme.setMinWidth(74);
    shell
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

  private static Button button(String text, String id, CommandRegistry commands, String commandId) {
    Button button = CommandMenus.wire(new Button(text), commands.get(commandId));
    button.setId(id);
    return button;
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
}
