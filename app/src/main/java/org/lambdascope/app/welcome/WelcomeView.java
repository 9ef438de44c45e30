package org.lambdascope.app.welcome;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.lambdascope.app.command.CommandMenus;
import org.lambdascope.app.command.CommandRegistry;
import org.lambdascope.app.common.FileNames;
import org.lambdascope.app.common.Formats;
import org.lambdascope.app.common.Tips;
import org.lambdascope.app.models.LoadedText;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.app.samples.WorkedExample;
import org.lambdascope.engine.model.LanguageModel;
import org.lambdascope.engine.model.ModelConfig;

/** Worked examples on bundled models, and what to open to ask one's own questions. */
public final class WelcomeView extends ScrollPane {

  private static final double WIDTH = 860;
  private static final int MOST_RECENT = 3;

  private final ModelsViewModel models;
  private final Label model = new Label();
  private final Label text = new Label();
  private final Button first;

  /** What the page can start besides the commands that it has buttons for. */
  public interface Actions {

    /** Runs a worked example. */
    void start(WorkedExample example);

    /** Goes back to the arms. */
    void leave();
  }

  /**
   * Makes the page.
   *
   * @param examples those whose model and document are there
   * @param complete whether there are arms to go back to
   */
  public WelcomeView(
      ModelsViewModel models,
      CommandRegistry commands,
      List<WorkedExample> examples,
      ObservableBooleanValue complete,
      Actions actions) {
    this.models = models;
    getStyleClass().add("start");
    setId("welcome");
    setFitToWidth(true);
    setFitToHeight(true);
    Label heading = new Label("Why does a language model break past its training length?");
    heading.getStyleClass().add("title-2");
    heading.setWrapText(true);
    heading.setMinHeight(Region.USE_PREF_SIZE);
    Label intro =
        new Label(
            "Lambdascope reads one text under two or more arms side by side — vanilla attention, LM-Infinite, CEPE and their peers — and shows what happens at every position.");
    intro.setWrapText(true);
    intro.setMinHeight(Region.USE_PREF_SIZE);
    intro.getStyleClass().add("text-muted");
    Button back = new Button("Back to the arms");
    back.setId("leave-welcome");
    back.setOnAction(e -> actions.leave());
    back.visibleProperty().bind(complete);
    back.managedProperty().bind(complete);
    back.setMinWidth(Region.USE_PREF_SIZE);
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    HBox title = new HBox(12, heading, gap, back);
    title.setAlignment(Pos.CENTER_LEFT);
    VBox content = new VBox(14, title, intro);
    List<Button> starts = examples.stream().map(e -> start(e, actions)).toList();
    if (!examples.isEmpty()) {
      HBox row = new HBox(14);
      for (int i = 0; i < examples.size(); i++) {
        row.getChildren().add(card(examples.get(i), starts.get(i)));
      }
      content.getChildren().addAll(section("Worked examples"), row);
    }
    Button folder = open(commands, "file.open-model-folder", "Open folder …", true);
    Button gguf = open(commands, "file.open-gguf", "Open GGUF …", false);
    Button textButton = open(commands, "file.open-text", "Open text …", true);
    this.first = starts.isEmpty() ? folder : starts.getFirst();
    HBox own =
        new HBox(
            14,
            card("1 · A model", model, models.recentModels(), models::openModel, folder, gguf),
            card("2 · A text", text, models.recentTexts(), models::openText, textButton));
    TextField command = new TextField("./lambdascope gui path/to/model path/to/text.txt");
    command.setEditable(false);
    command.setAccessibleText("The same from the command line");
    Tips.on(command, "The same from the command line");
    command.getStyleClass().add("command-line");
    HBox.setHgrow(command, Priority.ALWAYS);
    HBox foot =
        new HBox(
            12,
            link(commands, "help.tour", "Take the five-minute tour"),
            link(commands, "help.shortcuts", "Keyboard shortcuts"),
            command);
    foot.setAlignment(Pos.CENTER_LEFT);
    Label drop =
        new Label("Or drop a model folder, a .gguf file and a text anywhere on this window.");
    drop.getStyleClass().add("text-muted");
    content.getChildren().addAll(section("Your own question"), own, drop, foot);
    content.setMaxWidth(WIDTH);
    content.setMinHeight(Region.USE_PREF_SIZE); // scrolls rather than being squeezed
    content.setPadding(new Insets(20, 24, 20, 24));
    setContent(new Centred(content));
    models.sourceProperty().subscribe(s -> show());
  }

  /** Puts the focus on what starts most: the first example, or opening a model. */
  public void focusFirst() {
    first.requestFocus();
  }

  private static Label section(String title) {
    Label label = new Label(title);
    label.getStyleClass().add("title-4");
    return label;
  }

  private static Button open(CommandRegistry commands, String id, String text, boolean emphasised) {
    Button button = CommandMenus.wire(new Button(text), commands.get(id));
    if (emphasised) {
      button.getStyleClass().add("accent");
    }
    return button;
  }

  private static Hyperlink link(CommandRegistry commands, String id, String text) {
    Hyperlink link = CommandMenus.wire(new Hyperlink(text), commands.get(id));
    link.setMinWidth(Region.USE_PREF_SIZE);
    return link;
  }

  private static Button start(WorkedExample example, Actions actions) {
    Button start = new Button("Show me");
    start.setId("example-" + example.id());
    start.getStyleClass().add("accent");
    start.setAccessibleText("Show me: " + example.question());
    start.setAccessibleHelp(example.sees());
    start.setOnAction(e -> actions.start(example));
    return start;
  }

  private static Node card(WorkedExample example, Button start) {
    Label question = new Label(example.question());
    question.getStyleClass().add("section-title");
    question.setWrapText(true);
    question.setMinHeight(Region.USE_PREF_SIZE);
    Label sees = new Label(example.sees());
    sees.setWrapText(true);
    sees.getStyleClass().addAll("text-muted", "caption");
    sees.setMinHeight(Region.USE_PREF_SIZE);
    Region gap = new Region();
    VBox.setVgrow(gap, Priority.ALWAYS);
    VBox card = new VBox(8, question, sees, gap, start);
    card.getStyleClass().addAll("card", "start-card");
    card.setPrefWidth(WIDTH / 3);
    HBox.setHgrow(card, Priority.ALWAYS);
    return card;
  }

  private static VBox card(
      String title,
      Label content,
      ObservableList<Path> recent,
      Consumer<Path> open,
      Button... buttons) {
    Label heading = new Label(title);
    heading.getStyleClass().add("section-title");
    content.setWrapText(true);
    content.setMinHeight(Region.USE_PREF_SIZE);
    FlowPane links = new FlowPane(8, 0);
    links.setRowValignment(VPos.CENTER);
    Runnable fill = () -> fill(links, recent, open);
    recent.addListener((ListChangeListener<Path>) c -> fill.run());
    fill.run();
    VBox card = new VBox(8, heading, content, new HBox(8, buttons), links);
    card.getStyleClass().addAll("card", "start-card");
    card.setPrefWidth(WIDTH / 2);
    HBox.setHgrow(card, Priority.ALWAYS);
    return card;
  }

  private void show() {
    SharedModel open = models.source().model();
    model.setText(
        open == null
            ? "A Hugging Face folder (config.json, weights, tokenizer) or a .gguf file."
            : "✓ " + describe(open.model()));
    LoadedText opened = models.source().text();
    text.setText(
        opened == null
            ? "Plain text in UTF-8, longer than the model’s training length."
            : "✓ "
                + opened.name()
                + ", "
                + Formats.count(opened.content().length())
                + " characters");
  }

  private static String describe(LanguageModel opened) {
    ModelConfig config = opened.config();
    return String.format(
        Locale.ROOT,
        "%s: %s, %s parameters, %d\u00A0layers × %d\u00A0heads, %s, L_pretrain %s",
        opened.name(),
        config.family(),
        Formats.count(opened.decoder().parameters()),
        config.layers(),
        config.heads(),
        opened.decoder().dtypes(),
        Formats.count(config.pretrainLength()));
  }

  private static void fill(FlowPane pane, ObservableList<Path> paths, Consumer<Path> open) {
    pane.getChildren().clear();
    if (!paths.isEmpty()) {
      Label recent = new Label("Recent:");
      recent.getStyleClass().add("text-muted");
      pane.getChildren().add(recent);
    }
    for (Path path : paths.subList(0, Math.min(MOST_RECENT, paths.size()))) {
      String name = String.valueOf(path.getFileName());
      Hyperlink link = new Hyperlink(name);
      link.setAccessibleText("Open again: " + name);
      Tips.on(link, FileNames.shown(path));
      link.setOnAction(e -> open.accept(path));
      pane.getChildren().add(link);
    }
  }

  /**
   * The page in the middle of what is seen of it. Its labels wrap, so its height follows from its
   * width; a scroll pane asks for the height alone before it shows its bar.
   */
  private static final class Centred extends VBox {

    Centred(Region page) {
      super(page);
      setAlignment(Pos.CENTER);
      widthProperty().subscribe(this::requestLayout);
    }

    @Override
    protected double computeMinHeight(double width) {
      return super.computeMinHeight(width < 0 && getWidth() > 0 ? getWidth() : width);
    }
  }
}
