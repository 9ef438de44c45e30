package org.lambdascope.app.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javafx.geometry.Point2D;
import javafx.geometry.VerticalDirection;
import javafx.scene.Node;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Slider;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.lambdascope.app.command.Command;
import org.lambdascope.app.common.FixedFiles;

/** A user who does anything, anywhere, in no order; the same for the same seed. */
final class Monkey {

  /** Would end the window, which is done after every seed. */
  private static final String QUIT = "file.quit";

  private static final int MOST_ARMS = 6;
  private static final int MOST_WINDOWS = 5;

  private final Random random;
  private final MonkeyHands hands;
  private final FixedFiles files;
  private final List<Path> good;
  private final List<Path> bad;
  private final Path output;
  private final List<String> history = new ArrayList<>();
  private final Stage stage;
  private final WorkbenchWindow window;
  private final MonkeyReach reach = new MonkeyReach();
  private final MonkeyMenus menus;

  /**
   * A monkey before a window.
   *
   * @param good files that can be opened
   * @param bad files that cannot
   * @param output a folder for what is saved and exported
   */
  Monkey(long seed, WindowFixture fixture, List<Path> good, List<Path> bad, Path output) {
    this.random = new Random(seed);
    this.files = fixture.files;
    this.stage = fixture.stage;
    this.hands = new MonkeyHands(fixture.robot, stage, this::did);
    this.window = fixture.window;
    this.menus = new MonkeyMenus(random, hands, this::did, reach);
    this.good = good;
    this.bad = bad;
    this.output = output;
  }

  /** What it did, in order; the last may have been under way. */
  List<String> history() {
    return history;
  }

  /** What it came to. */
  MonkeyReach reach() {
    return reach;
  }

  /** Does one thing. */
  void act() throws Exception {
    answerDialogs();
    lookAround();
    switch (random.nextInt(26)) {
      case 0, 1, 2, 3, 4 -> command();
      case 5, 6, 7 -> clickControl();
      case 8 -> slide();
      case 9, 10 -> type();
      case 11, 12 -> pointAtSurface();
      case 13, 14 -> pressKeys();
      case 15 -> drag();
      case 16 -> scroll();
      case 17 -> openFiles();
      case 18 -> chooseItem();
      case 19 -> detach();
      case 20 -> palette();
      case 21 -> dragHandle();
      case 22 -> undoOrRedo();
      case 23, 24 -> menus.chooseFromSome(this::mayChoose);
      default -> changeWindow();
    }
  }

  private void lookAround() throws Exception {
    Bounded.onFx(
        () -> {
          ShellViewModel shell = window.shell();
          if (!shell.welcomeShownProperty().get()) {
            reach.reached(MonkeyReach.page(shell.pageProperty().get()));
          }
          shell.detachedPages().forEach(page -> reach.reached(MonkeyReach.pageApart(page)));
          shell.detachedPanels().forEach(panel -> reach.reached(MonkeyReach.panelApart(panel)));
          return shell;
        });
  }

  private void did(String what) {
    history.add(what);
  }

  /** Answers are ready before anything asks. */
  private void answerDialogs() {
    files.model = Optional.of(any(random.nextInt(4) > 0 ? good : bad));
    files.text = Optional.of(any(random.nextInt(4) > 0 ? good : bad));
    files.file = Optional.of(any(random.nextInt(4) > 0 ? good : bad));
    files.output = random.nextInt(4) > 0 ? Optional.of(output) : Optional.empty();
  }

  private void command() throws Exception {
    List<Command> all = new ArrayList<>();
    List<String> in = new ArrayList<>();
    Bounded.onFx(
        () -> {
          window
              .commands()
              .forEach(
                  (menu, c) -> {
                    if (c.enabled().get() && !c.id().equals(QUIT) && !grows(c.id())) {
                      all.add(c);
                      in.add(menu);
                    }
                  });
          return all;
        });
    int which = random.nextInt(all.size());
    Command command = all.get(which);
    reach.reached(MonkeyReach.menu(in.get(which)));
    did("command " + command.id());
    Bounded.onFx(command::run);
  }

  /** Whether a command would make more arms, or windows, than anyone looks at. */
  private boolean grows(String id) {
    boolean arm = id.startsWith("arm.add") || id.equals("arm.duplicate");
    boolean page = id.startsWith("view.detach") || id.startsWith("figure.");
    return (arm && window.workbench().arms().size() >= MOST_ARMS)
        || (page && Window.getWindows().size() >= MOST_WINDOWS);
  }

  /** The same of titles in menus. */
  private boolean mayChoose(String title) {
    boolean arm = title.contains("uplicate") || title.contains(" — ");
    boolean page = title.contains("window") || title.contains("figure");
    return !title.contains("Quit")
        && !(arm && window.workbench().arms().size() >= MOST_ARMS)
        && !(page && Window.getWindows().size() >= MOST_WINDOWS);
  }

  private void clickControl() throws Exception {
    List<Node> controls =
        MonkeySight.nodes(
            n ->
                MonkeySight.isControl(n)
                    && (!MonkeySight.isMenuItem(n) || mayChoose(MonkeySight.text(n))));
    // What is modal is answered first: all else is dead until then.
    List<Node> answers = controls.stream().filter(MonkeySight::inDialog).toList();
    if (!answers.isEmpty() || !controls.isEmpty()) {
      Node node = any(answers.isEmpty() ? controls : answers);
      did("click " + MonkeySight.name(node));
      hands.click(node, 0.5, 0.5);
    }
  }

  private void slide() throws Exception {
    List<Node> sliders = MonkeySight.nodes(n -> n instanceof Slider);
    if (!sliders.isEmpty()) {
      Node slider = any(sliders);
      double x = random.nextDouble();
      did("slide %s to %.2f".formatted(MonkeySight.name(slider), x));
      hands.click(slider, x, 0.5);
    }
  }

  private void type() throws Exception {
    List<Node> fields = MonkeySight.nodes(n -> n instanceof TextInputControl t && t.isEditable());
    if (!fields.isEmpty()) {
      Node field = any(fields);
      String text = any(MonkeyVocabulary.WORDS);
      KeyCode end = any(List.of(KeyCode.ENTER, KeyCode.TAB, KeyCode.ESCAPE));
      did("type “%s” %s into %s".formatted(text, end, MonkeySight.name(field)));
      hands.click(field, 0.3, 0.5);
      Bounded.onFx(
          () -> {
            TextInputControl input = (TextInputControl) field;
            input.selectAll();
            input.replaceSelection(text); // as pasting does
            return input;
          });
      hands.press(List.of(), end, 1);
    }
  }

  private void pointAtSurface() throws Exception {
    List<Node> surfaces = MonkeySight.nodes(n -> !MonkeyVocabulary.surface(n).isEmpty());
    if (surfaces.isEmpty()) {
      return;
    }
    Node surface = any(surfaces);
    double x = random.nextDouble();
    double y = random.nextDouble();
    boolean menu = random.nextInt(4) == 0;
    did("%s %s at %.2f, %.2f".formatted(menu ? "menu" : "click", MonkeySight.name(surface), x, y));
    reach.reached(MonkeyReach.surface(MonkeyVocabulary.surface(surface)));
    if (menu) {
      hands.click(surface, x, y, MouseButton.SECONDARY);
      menus.choose("at the pointer", this::mayChoose);
    } else {
      hands.click(surface, x, y);
    }
  }

  private void pressKeys() throws Exception {
    KeyCode key = any(MonkeyVocabulary.KEYS);
    int times = 1 + random.nextInt(4);
    List<KeyCode> held = new ArrayList<>(MonkeyVocabulary.MODIFIERS);
    Collections.shuffle(held, random);
    List<KeyCode> modifiers = held.subList(0, random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 0);
    did("press %s %s × %d".formatted(modifiers, key, times));
    hands.press(modifiers, key, times);
  }

  private void drag() throws Exception {
    List<Window> windows = MonkeySight.windows();
    if (windows.isEmpty()) {
      return;
    }
    Window in = any(windows);
    Point2D from = within(in);
    Point2D to = within(in);
    did("drag %.0f, %.0f to %.0f, %.0f".formatted(from.getX(), from.getY(), to.getX(), to.getY()));
    hands.drag(from, to);
  }

  /** Moves a page or a part into a window of its own, or to the front. */
  private void detach() throws Exception {
    if (MonkeySight.windows().size() < MOST_WINDOWS) {
      Command command =
          any(
              Bounded.onFx(
                  () -> {
                    List<Command> found =
                        new ArrayList<>(window.commands().list("view.detach").commands());
                    found.add(window.commands().get("view.detach-page"));
                    return found;
                  }));
      did("detach " + command.id());
      Bounded.onFx(command::run);
    }
  }

  /** Has the palette find something, and does it or not. */
  private void palette() throws Exception {
    String word = any(MonkeyVocabulary.PALETTE);
    KeyCode end = any(List.of(KeyCode.ENTER, KeyCode.ESCAPE, KeyCode.DOWN));
    did("palette “%s” %s".formatted(word, end));
    hands.press(List.of(KeyCode.CONTROL), KeyCode.K, 1);
    List<Node> fields = MonkeySight.nodes(n -> "palette-query".equals(n.getId()));
    if (!fields.isEmpty()) {
      Bounded.onFx(
          () -> {
            TextInputControl input = (TextInputControl) fields.getFirst();
            input.setText(word);
            return input;
          });
      hands.press(List.of(), end, 1);
    }
  }

  /** Drags what is made to be dragged: edges of a mask, panels of a figure. */
  private void dragHandle() throws Exception {
    List<Node> handles =
        MonkeySight.nodes(
            n ->
                n.getStyleClass().contains("mask-handle")
                    || n.getStyleClass().contains("panel-tile"));
    if (handles.isEmpty()) {
      did("go to the mask");
      Bounded.onFx(
          () -> {
            window.shell().pageProperty().set(1);
            return window;
          });
      return;
    }
    Node handle = any(handles);
    double dx = random.nextInt(401) - 200;
    double dy = random.nextInt(201) - 100;
    did("drag %s by %.0f, %.0f".formatted(MonkeySight.name(handle), dx, dy));
    hands.dragBy(handle, dx, dy);
  }

  private void undoOrRedo() throws Exception {
    boolean redo = random.nextInt(3) == 0;
    int times = 1 + random.nextInt(3);
    did("%s × %d".formatted(redo ? "redo" : "undo", times));
    hands.press(
        redo ? List.of(KeyCode.CONTROL, KeyCode.SHIFT) : List.of(KeyCode.CONTROL),
        KeyCode.Z,
        times);
  }

  private void scroll() throws Exception {
    List<Window> windows = MonkeySight.windows();
    if (!windows.isEmpty()) {
      Point2D at = within(any(windows));
      VerticalDirection direction = any(List.of(VerticalDirection.values()));
      did("scroll %s at %.0f, %.0f".formatted(direction, at.getX(), at.getY()));
      hands.scroll(at, 1 + random.nextInt(8), direction);
    }
  }

  /** As dropping does, which no robot can. */
  private void openFiles() throws Exception {
    List<Path> paths = new ArrayList<>();
    for (int i = random.nextInt(2); i >= 0; i--) {
      paths.add(any(random.nextInt(3) > 0 ? good : bad));
    }
    did("drop " + paths.stream().map(Path::getFileName).toList());
    Bounded.onFx(
        () -> {
          window.open(paths);
          return paths;
        });
  }

  private void chooseItem() throws Exception {
    List<Node> boxes = MonkeySight.nodes(n -> n instanceof ChoiceBox<?>);
    if (!boxes.isEmpty()) {
      ChoiceBox<?> box = (ChoiceBox<?>) any(boxes);
      did("choose in " + MonkeySight.name(box));
      Bounded.onFx(
          () -> {
            if (!box.getItems().isEmpty() && !box.isDisabled()) {
              box.getSelectionModel().select(random.nextInt(box.getItems().size()));
            }
            return box;
          });
    }
  }

  private void changeWindow() throws Exception {
    if (random.nextBoolean()) {
      double width = 900 + random.nextInt(500);
      double height = 560 + random.nextInt(340);
      did("resize to %.0f × %.0f".formatted(width, height));
      Bounded.onFx(
          () -> {
            stage.setFullScreen(false);
            stage.setWidth(width);
            stage.setHeight(height);
            return stage;
          });
    } else {
      List<Window> others = MonkeySight.windows().stream().filter(w -> w != stage).toList();
      if (!others.isEmpty()) {
        Window other = any(others);
        did("close " + (other instanceof Stage s ? s.getTitle() : "a popup"));
        Bounded.onFx(
            () -> {
              other.hide();
              return other;
            });
      }
    }
  }

  private Point2D within(Window in) {
    return MonkeyHands.onto(
        new Point2D(
            in.getX() + random.nextDouble() * in.getWidth(),
            in.getY() + random.nextDouble() * in.getHeight()));
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
