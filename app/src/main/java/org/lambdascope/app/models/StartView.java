package org.lambdascope.app.models;

import java.nio.file.Path;
import java.util.Locale;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.lambdascope.app.common.FilePicker;
import org.lambdascope.app.common.Formats;
import org.lambdascope.engine.model.LanguageModel;
import org.lambdascope.engine.model.ModelConfig;

/** What is seen before a model and a text are open: what to open, and why. */
public final class StartView extends ScrollPane {

  private static final double WIDTH = 760;
  private static final double CARD_WIDTH = 370;

  private final ModelsViewModel viewModel;
  private final Label model = new Label();
  private final Label text = new Label();
  private final FlowPane recentModels = new FlowPane(8, 0);
  private final FlowPane recentTexts = new FlowPane(8, 0);

  /** Shows a view-model. */
  public StartView(ModelsViewModel viewModel, FilePicker files) {
    this.viewModel = viewModel;
    getStyleClass().add("start");
    setFitToWidth(true);
    setFitToHeight(true);
    Label heading = new Label("Why does a language model break past its training length?");
    heading.getStyleClass().add("title-2");
    heading.setWrapText(true);
    Label intro =
        new Label(
            "Open a model and a long text. Lambdascope reads the text under two or more arms side by side — vanilla attention, LM-Infinite and its peers — and shows what happens at every position: negative log-likelihood, attention logits by distance, attention entropy, and hidden states.");
    intro.setWrapText(true);
    intro.getStyleClass().add("text-muted");
    Button folder = new Button("Open _folder …");
    folder.setMnemonicParsing(true);
    folder.getStyleClass().add("accent");
    folder.setOnAction(e -> files.modelFolder().ifPresent(viewModel::openModel));
    Button gguf = new Button("Open _GGUF …");
    gguf.setMnemonicParsing(true);
    gguf.setOnAction(e -> files.modelFile().ifPresent(viewModel::openModel));
    Button textButton = new Button("Open _text …");
    textButton.setMnemonicParsing(true);
    textButton.getStyleClass().add("accent");
    textButton.setOnAction(e -> files.text().ifPresent(viewModel::openText));
    HBox cards =
        new HBox(
            20,
            card("1 · A model", model, new HBox(8, folder, gguf), recentModels),
            card("2 · A text", text, new HBox(8, textButton), recentTexts));
    Label drop =
        new Label("Or drop a model folder, a .gguf file and a text anywhere on this window.");
    drop.getStyleClass().add("text-muted");
    TextField command = new TextField("./lambdascope gui path/to/model path/to/text.txt");
    command.setEditable(false);
    command.setAccessibleText("The same from the command line");
    command.setTooltip(new Tooltip("The same from the command line"));
    command.getStyleClass().add("command-line");
    VBox content = new VBox(20, heading, intro, cards, drop, command);
    content.setMaxWidth(WIDTH);
    content.setPadding(new Insets(30));
    VBox centred = new VBox(content);
    centred.setAlignment(Pos.CENTER);
    setContent(centred);
    viewModel.sourceProperty().subscribe(s -> show());
    recents(recentModels, viewModel.recentModels(), true);
    recents(recentTexts, viewModel.recentTexts(), false);
  }

  private static VBox card(String title, Label content, HBox buttons, FlowPane recent) {
    Label heading = new Label(title);
    heading.getStyleClass().add("title-4");
    content.setWrapText(true);
    content.setMinHeight(64);
    content.setAlignment(Pos.TOP_LEFT);
    VBox card = new VBox(10, heading, content, buttons, recent);
    card.getStyleClass().addAll("card", "start-card");
    card.setPrefWidth(CARD_WIDTH);
    HBox.setHgrow(card, Priority.ALWAYS);
    return card;
  }

  private void show() {
    SharedModel open = viewModel.source().model();
    model.setText(
        open == null
            ? "A Hugging Face folder of the LLaMA family (config.json, model.safetensors, tokenizer) or a .gguf file."
            : "✓ " + describe(open.model()));
    LoadedText opened = viewModel.source().text();
    text.setText(
        opened == null
            ? "Plain text in UTF-8, longer than the model's training length: a book is best."
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
        "%s: %s, %s parameters, %d layers × %d heads, %s, L_pretrain %s",
        opened.name(),
        config.family(),
        Formats.count(opened.decoder().parameters()),
        config.layers(),
        config.heads(),
        opened.decoder().dtypes(),
        Formats.count(config.pretrainLength()));
  }

  private void recents(FlowPane pane, ObservableList<Path> paths, boolean models) {
    paths.addListener((ListChangeListener<Path>) c -> fill(pane, paths, models));
    fill(pane, paths, models);
  }

  private void fill(FlowPane pane, ObservableList<Path> paths, boolean models) {
    pane.getChildren().clear();
    for (Path path : paths.subList(0, Math.min(3, paths.size()))) {
      Hyperlink link = new Hyperlink(String.valueOf(path.getFileName()));
      link.setTooltip(new Tooltip(path.toString()));
      link.setOnAction(
          e -> {
            if (models) {
              viewModel.openModel(path);
            } else {
              viewModel.openText(path);
            }
          });
      pane.getChildren().add(link);
    }
  }
}
