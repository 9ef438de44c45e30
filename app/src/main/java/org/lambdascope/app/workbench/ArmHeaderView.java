package org.lambdascope.app.workbench;

import java.awt.Color;
import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.lambdascope.app.common.Formats;
import org.lambdascope.app.common.Tips;
import org.lambdascope.app.common.TokenShading;
import org.lambdascope.app.figure.FigureTheme;
import org.lambdascope.app.words.Words;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.Equivalence;

/** The head of an arm's column: name, settings, figures, and what it is doing. */
final class ArmHeaderView extends VBox {

  private static final PseudoClass MEASURED = PseudoClass.getPseudoClass("measured");
  private static final PseudoClass BROKEN = PseudoClass.getPseudoClass("broken");
  private static final PseudoClass NARROW = PseudoClass.getPseudoClass("narrow");

  /** Below it the longest names need smaller type. */
  private static final double NARROW_WIDTH = 205;

  private static final double SPACING = 8;

  /** From which width on the name has room for the state beside it. */
  private static final double ROOMY = 260;

  private final ArmViewModel arm;
  private final WorkbenchViewModel workbench;
  private final Region swatch = new Region();
  private final Label name = new Label();

  /** The settings as an argument of the command line. */
  private String settings = "";

  private final Label state = new Label();
  private final Label reference = new Label("reference");
  private final HBox badges = new HBox(6, reference, state);
  private final HBox title = new HBox(SPACING);
  private final Label parameters = new Label();
  private final Label nll =
      metric("Mean negative log-likelihood of the text, in nats per token.\n" + Words.NLL);
  private final Label rate = metric("Tokens scored per second");
  private final Label cache = metric(Words.CACHE.meaning());
  private final Label badge = new Label();
  private final Label failure = new Label();
  private final ProgressBar progress = new ProgressBar(0);
  private final Subscription following;

  ArmHeaderView(ArmViewModel arm, WorkbenchViewModel workbench) {
    this.arm = arm;
    this.workbench = workbench;
    getStyleClass().addAll("card", "arm-header");
    setSpacing(4);
    swatch.getStyleClass().add("swatch");
    swatch.setMinSize(12, 12);
    swatch.setMaxSize(12, 12);
    name.getStyleClass().add("arm-name");
    name.setMinWidth(0); // its tooltip begins with it
    state.getStyleClass().add("state-badge");
    state.setMinWidth(Region.USE_PREF_SIZE);
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    reference.getStyleClass().add("state-badge");
    reference.setMinWidth(Region.USE_PREF_SIZE);
    Tips.on(reference, "Other arms’ texts are compared with this one’s. Pin another in its menu ⋯");
    title.getChildren().addAll(swatch, name, gap, menu());
    title.setAlignment(Pos.CENTER_LEFT);
    badges.setAlignment(Pos.CENTER_LEFT);
    badges.managedProperty().bind(reference.visibleProperty().or(state.visibleProperty()));
    parameters.getStyleClass().add("text-muted");
    parameters.setWrapText(true);
    parameters.setMinHeight(Region.USE_PREF_SIZE);
    failure.getStyleClass().addAll("text-muted", "caption");
    failure.setWrapText(true);
    failure.setMinHeight(Region.USE_PREF_SIZE);
    // A figure is never cut short: what does not fit beside the others goes below them.
    FlowPane metrics =
        new FlowPane(
            12,
            2,
            captioned("mean NLL", nll),
            captioned("tokens/s", rate),
            captioned("cache", cache));
    badge.getStyleClass().add("vanilla-badge");
    Tips.on(
        badge,
        Words.EQUIVALENCE.definition()
            + "\nmax |Δlogit|: the largest absolute difference of any logit up to there (of any ln p for replug, which gives no logits), measured by reading the text under both arms once more; it should be no more than rounding.\ndiffers from: the first position at which a logit differed by more than 1e-3.");
    badge.setMinHeight(Region.USE_PREF_SIZE);
    badge.setWrapText(true);
    HBox foot = new HBox(8, badge);
    foot.setMinHeight(Region.USE_PREF_SIZE);
    foot.setPadding(new Insets(3, 0, 0, 0));
    foot.setAlignment(Pos.CENTER_LEFT);
    setMinHeight(Region.USE_PREF_SIZE);
    widthProperty()
        .subscribe(
            w -> {
              placeBadges(w.doubleValue());
              requestParentLayout();
            });
    progress.setMaxWidth(Double.MAX_VALUE);
    progress.getStyleClass().add("thin-progress");
    // What is compared across columns comes before what takes one line or three.
    getChildren().addAll(title, badges, metrics, parameters, failure, foot, progress);
    setOnMousePressed(e -> workbench.selectedArmProperty().set(arm));
    following =
        Subscription.combine(
            arm.armProperty().subscribe(this::showSettings),
            arm.armProperty().subscribe((before, now) -> update()),
            arm.shownProperty().subscribe((before, now) -> update()),
            arm.stateProperty().subscribe((before, now) -> update()),
            arm.staleProperty().subscribe((before, now) -> update()),
            arm.progressProperty().subscribe((before, now) -> update()),
            arm.equivalenceProperty().subscribe((before, now) -> update()),
            workbench.lengthProperty().subscribe((before, now) -> update()),
            workbench.comparison().changesProperty().subscribe((before, now) -> update()),
            // When another run has ended, vanilla may be there to compare with.
            workbench.statusProperty().subscribe((before, now) -> update()));
    update();
  }

  /** Ends listening, when the column is taken away. */
  void dispose() {
    following.unsubscribe();
  }

  /** Its labels wrap, so its height follows from the width that it has, also when none is asked. */
  @Override
  protected double computePrefHeight(double width) {
    return super.computePrefHeight(width < 0 && getWidth() > 0 ? getWidth() : width);
  }

  private void placeBadges(double width) {
    name.pseudoClassStateChanged(NARROW, width < NARROW_WIDTH);
    title.setSpacing(width < NARROW_WIDTH ? 4 : SPACING);
    boolean beside = width >= ROOMY;
    if (beside != title.getChildren().contains(badges)) {
      title.getChildren().remove(badges);
      getChildren().remove(badges);
      if (beside) {
        title.getChildren().add(2, badges);
      } else {
        getChildren().add(1, badges);
      }
    }
  }

  /** Gives the column the colour of its curve. */
  void setSwatch(int index, FigureTheme theme) {
    Color c = theme.palette(index);
    swatch.setStyle(
        String.format(Locale.ROOT, "-fx-background-color: #%06x;", c.getRGB() & 0xFFFFFF));
  }

  void setSelected(boolean selected) {
    pseudoClassStateChanged(PseudoClass.getPseudoClass("chosen"), selected);
  }

  private void showSettings(Arm now) {
    name.setText(now.kind().id());
    Tips.on(name, Words.of(now.kind()).toString());
    parameters.setText(arm.parameterSummary());
    settings = now.toString();
  }

  /** Called at every step of a run, so it makes nothing anew that a step cannot change. */
  private void update() {
    ArmSnapshot shown = arm.shown();
    nll.setText(shown == null ? "–" : Formats.nats(shown.meanNll()));
    double perSecond = arm.tokensPerSecond();
    rate.setText(Double.isNaN(perSecond) ? "–" : Formats.rate(perSecond));
    cache.setText(
        shown == null || shown.score() == null ? "–" : Formats.bytes(shown.score().cacheBytes()));
    String vanilla =
        arm.vanillaBadge(
            workbench.lengthProperty().get() + workbench.newTokensProperty().get(),
            workbench.slidingWindow());
    String deviation = deviation();
    badge.setText(vanilla + deviation);
    badge.pseudoClassStateChanged(MEASURED, !deviation.isEmpty());
    badge.setVisible(!vanilla.isEmpty());
    Equivalence measured = arm.equivalenceProperty().get();
    badge.pseudoClassStateChanged(BROKEN, measured != null && !measured.holds());
    // Only where it matters: when one was pinned, or texts are shaded by their difference to it.
    ArmComparison comparison = workbench.comparison();
    boolean said =
        comparison.reference() == arm
            && (comparison.pinnedProperty().get() == arm
                || comparison.shadingProperty().get() == TokenShading.DIFFERENCE);
    reference.setVisible(said);
    reference.setManaged(said);
    boolean running = arm.state() == ArmState.RUNNING;
    progress.setVisible(running);
    progress.setProgress(running ? arm.progressProperty().get() : 0);
    double opacity = arm.stale() ? 0.45 : 1;
    nll.setOpacity(opacity);
    rate.setOpacity(opacity);
    cache.setOpacity(opacity);
    showState();
    setAccessibleText(
        settings + ", " + state.getText() + ", mean NLL " + nll.getText() + ". " + vanilla);
  }

  private String deviation() {
    Equivalence measured = arm.equivalenceProperty().get();
    if (measured != null && !arm.stale()) {
      return measured(measured);
    }
    double most =
        arm.stale()
            ? Double.NaN
            : workbench.comparison().deviationFromVanilla(arm, workbench.slidingWindow());
    return Double.isNaN(most) ? "" : most("|ΔNLL|", most);
  }

  private String measured(Equivalence found) {
    String compared = arm.arm().kind().givesLogProbabilities() ? "|Δ ln p|" : "|Δlogit|";
    String most = Double.isNaN(found.maxDifference()) ? "" : most(compared, found.maxDifference());
    if (found.differedAt() == Equivalence.NOWHERE) {
      return "%s in %s positions".formatted(most, Formats.count(found.compared()));
    }
    String where = Formats.count(found.differedAt());
    return most
        + Formats.AND
        + (found.holds() ? "differs" + Formats.TOGETHER + "from" : "but it already differed at")
        + Formats.TOGETHER
        + where;
  }

  /** The largest of some differences, as the badge goes on with it. */
  private static String most(String of, double value) {
    return Formats.AND
        + String.join(
            Formats.TOGETHER, "max", of.replace(" ", Formats.TOGETHER), Formats.difference(value));
  }

  private void showState() {
    int percent = (int) (100 * arm.progressProperty().get());
    String text =
        switch (arm.state()) {
          case IDLE -> "not run";
          case WAITING -> "waiting …";
          case RUNNING -> (arm.stale() ? "updating … " : "running … ") + percent + " %";
          case DONE -> "";
          case CANCELLED -> cancelled();
          case FAILED -> arm.stale() ? "failed, stale" : "failed";
        };
    state.setText(text);
    state.setVisible(!text.isEmpty());
    state.setManaged(!text.isEmpty());
    failure.setText(arm.failure());
    failure.setVisible(!arm.failure().isEmpty());
    failure.setManaged(!arm.failure().isEmpty());
    List<String> styles =
        List.of("label", "state-badge", "state-" + arm.state().name().toLowerCase(Locale.ROOT));
    if (!state.getStyleClass().equals(styles)) { // the same anew would be styled anew
      state.getStyleClass().setAll(styles);
    }
  }

  /** That it was cancelled, and of how much text the numbers are. */
  private String cancelled() {
    ArmSnapshot shown = arm.shown();
    if (arm.stale()) {
      return "cancelled, stale";
    }
    return shown == null || shown.score() != null
        ? "cancelled"
        : "cancelled after " + Formats.count(shown.scored());
  }

  private MenuButton menu() {
    MenuButton menu = new MenuButton("⋯");
    menu.getStyleClass().addAll("flat", "small", "figure-menu");
    menu.setAccessibleText("Arm menu");
    Tips.on(menu, "Duplicate, move, copy or remove this arm");
    MenuItem duplicate = new MenuItem("_Duplicate");
    duplicate.setOnAction(e -> workbench.duplicateArm(arm));
    MenuItem left = new MenuItem("Move _left");
    left.setOnAction(e -> workbench.moveArm(arm, -1));
    MenuItem right = new MenuItem("Move _right");
    right.setOnAction(e -> workbench.moveArm(arm, 1));
    MenuItem pin = new MenuItem();
    pin.setOnAction(
        e -> {
          var pinned = workbench.comparison().pinnedProperty();
          pinned.set(pinned.get() == arm ? null : arm);
        });
    MenuItem copy = new MenuItem("_Copy as --arm argument");
    copy.setOnAction(
        e -> {
          ClipboardContent content = new ClipboardContent();
          content.putString("--arm " + arm.arm());
          Clipboard.getSystemClipboard().setContent(content);
        });
    MenuItem remove = new MenuItem("Re_move");
    remove.setOnAction(e -> workbench.removeArm(arm));
    menu.setOnShowing(
        e -> {
          int index = workbench.arms().indexOf(arm);
          left.setDisable(index == 0);
          right.setDisable(index == workbench.arms().size() - 1);
          boolean pinned = workbench.comparison().pinnedProperty().get() == arm;
          pin.setText(pinned ? "_Unpin the reference" : "_Pin as the reference");
          remove.setDisable(workbench.arms().size() == 1);
        });
    menu.getItems().addAll(duplicate, left, right, pin, copy, new SeparatorMenuItem(), remove);
    return menu;
  }

  private static Label metric(String meaning) {
    Label label = new Label("–");
    label.getStyleClass().add("metric");
    Tips.on(label, meaning);
    return label;
  }

  private static Node captioned(String caption, Label value) {
    Label label = new Label(caption);
    label.getStyleClass().addAll("text-muted", "caption");
    HBox box = new HBox(5, label, value);
    box.setAlignment(Pos.BASELINE_LEFT);
    box.setMinWidth(Region.USE_PREF_SIZE);
    return box;
  }
}
