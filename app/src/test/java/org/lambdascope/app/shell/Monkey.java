package org.lambdascope.app.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.geometry.VerticalDirection;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.DialogPane;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Slider;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.lambdascope.app.command.Command;
import org.lambdascope.app.common.FixedFiles;
import org.testfx.api.FxRobot;

/** A user who does anything, anywhere, in no order; the same for the same seed. */
final class Monkey {

  /** Numbers in and out of every range, and what is none. */
  private static final List<String> WORDS =
      List.of(
          "1",
          "8",
          "64",
          "300",
          "0",
          "-1",
          "99999999",
          "2147483648",
          "1e9",
          "0.5",
          "NaN",
          "",
          " ",
          "twelve",
          "λ∞🙂",
          "16, 64",
          "64, 16",
          "\t",
          "\"",
          "{}",
          "vanilla",
          "window:local=16",
          "window:local=",
          "lm-infinite:global=4,local=32,ceiling=32",
          "streaming",
          "run",
          "tiny");

  private static final List<KeyCode> KEYS =
      List.of(
          KeyCode.LEFT,
          KeyCode.RIGHT,
          KeyCode.UP,
          KeyCode.DOWN,
          KeyCode.HOME,
          KeyCode.END,
          KeyCode.PAGE_UP,
          KeyCode.PAGE_DOWN,
          KeyCode.TAB,
          KeyCode.ENTER,
          KeyCode.SPACE,
          KeyCode.ESCAPE,
          KeyCode.DELETE,
          KeyCode.BACK_SPACE,
          KeyCode.F8);

  private static final List<KeyCode> MODIFIERS =
      List.of(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.ALT);

  /** What answers to the pointer by itself, by the names of their classes. */
  private static final Set<String> SURFACES =
      Set.of("TokenCanvas", "HeadGrid", "StatePlot", "MaskCanvas", "FigureView", "PagePreview");

  /** Would end the window, which is done after every seed. */
  private static final String QUIT = "file.quit";

  private static final int MOST_ARMS = 6;
  private static final int MOST_WINDOWS = 5;

  private final Random random;
  private final FxRobot robot;
  private final FixedFiles files;
  private final List<Path> good;
  private final List<Path> bad;
  private final Path output;
  private final List<String> history = new ArrayList<>();
  private final Stage stage;
  private final WorkbenchWindow window;

  /**
   * A monkey before a window.
   *
   * @param good files that can be opened
   * @param bad files that cannot
   * @param output a folder for what is saved and exported
   */
  Monkey(long seed, WindowFixture fixture, List<Path> good, List<Path> bad, Path output) {
    this.random = new Random(seed);
    this.robot = fixture.robot;
    this.files = fixture.files;
    this.stage = fixture.stage;
    this.window = fixture.window;
    this.good = good;
    this.bad = bad;
    this.output = output;
  }

  /** What it did, in order; the last may have been under way. */
  List<String> history() {
    return history;
  }

  /** Does one thing. */
  void act() throws Exception {
    answerDialogs();
    switch (random.nextInt(20)) {
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
      default -> changeWindow();
    }
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
    List<Command> all =
        Bounded.onFx(
            () -> {
              List<Command> found = new ArrayList<>();
              window
                  .commands()
                  .forEach(
                      (path, c) -> {
                        if (c.enabled().get() && !c.id().equals(QUIT) && !grows(c.id())) {
                          found.add(c);
                        }
                      });
              return found;
            });
    Command command = any(all);
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

  private void clickControl() throws Exception {
    List<Node> controls = nodes(Monkey::isControl);
    // What is modal is answered first: all else is dead until then.
    List<Node> answers = controls.stream().filter(Monkey::inDialog).toList();
    if (!answers.isEmpty() || !controls.isEmpty()) {
      Node node = any(answers.isEmpty() ? controls : answers);
      did("click " + name(node));
      click(node, 0.5, 0.5);
    }
  }

  private static boolean isControl(Node node) {
    return node instanceof ButtonBase
        || node instanceof ChoiceBox<?>
        || node instanceof ComboBoxBase<?>
        || (node instanceof IndexedCell<?> cell && !cell.isEmpty())
        || node.getStyleClass().contains("tab");
  }

  private static boolean inDialog(Node node) {
    return node.getScene() != null && node.getScene().getRoot() instanceof DialogPane;
  }

  private void slide() throws Exception {
    List<Node> sliders = nodes(n -> n instanceof Slider);
    if (!sliders.isEmpty()) {
      Node slider = any(sliders);
      double x = random.nextDouble();
      did("slide %s to %.2f".formatted(name(slider), x));
      click(slider, x, 0.5);
    }
  }

  private void type() throws Exception {
    List<Node> fields = nodes(n -> n instanceof TextInputControl t && t.isEditable());
    if (!fields.isEmpty()) {
      Node field = any(fields);
      String text = any(WORDS);
      KeyCode end = any(List.of(KeyCode.ENTER, KeyCode.TAB, KeyCode.ESCAPE));
      did("type “%s” %s into %s".formatted(text, end, name(field)));
      click(field, 0.3, 0.5);
      Bounded.onFx(
          () -> {
            TextInputControl input = (TextInputControl) field;
            input.selectAll();
            input.replaceSelection(text); // as pasting does
            return input;
          });
      robot(() -> robot.type(end));
    }
  }

  private void pointAtSurface() throws Exception {
    List<Node> surfaces = nodes(n -> SURFACES.contains(n.getClass().getSimpleName()));
    if (surfaces.isEmpty()) {
      return;
    }
    Node surface = any(surfaces);
    boolean menu = surface.getClass().getSimpleName().equals("FigureView");
    if (menu && random.nextBoolean()) {
      figureMenu(surface);
      return;
    }
    double x = random.nextDouble();
    double y = random.nextDouble();
    did("click %s at %.2f, %.2f".formatted(name(surface), x, y));
    click(surface, x, y);
  }

  private void figureMenu(Node figure) throws Exception {
    Bounded.onFx(
        () -> {
          MenuButton menu = (MenuButton) figure.lookup(".figure-menu");
          List<MenuItem> items =
              menu.getItems().stream().filter(i -> i.getOnAction() != null).toList();
          MenuItem item = any(items);
          String text = String.valueOf(item.getText());
          if (menu.isVisible()
              && (Window.getWindows().size() < MOST_WINDOWS || !text.contains("pen"))) {
            did("menu " + name(figure) + ": " + text);
            item.fire();
          }
          return menu;
        });
  }

  private void pressKeys() throws Exception {
    KeyCode key = any(KEYS);
    int times = 1 + random.nextInt(4);
    List<KeyCode> held = new ArrayList<>(MODIFIERS);
    Collections.shuffle(held, random);
    List<KeyCode> modifiers = held.subList(0, random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 0);
    did("press %s %s × %d".formatted(modifiers, key, times));
    robot(
        () -> {
          modifiers.forEach(robot::press);
          try {
            robot.type(key, times);
          } finally {
            modifiers.forEach(robot::release);
          }
        });
  }

  private void drag() throws Exception {
    List<Window> windows = windows();
    if (windows.isEmpty()) {
      return;
    }
    Window in = any(windows);
    Point2D from = within(in);
    Point2D to = within(in);
    did("drag %.0f, %.0f to %.0f, %.0f".formatted(from.getX(), from.getY(), to.getX(), to.getY()));
    robot(
        () -> {
          robot.moveTo(from).press(MouseButton.PRIMARY);
          try {
            robot.moveTo(to);
          } finally {
            robot.release(MouseButton.PRIMARY);
          }
        });
  }

  private void scroll() throws Exception {
    List<Window> windows = windows();
    if (!windows.isEmpty()) {
      Point2D at = within(any(windows));
      VerticalDirection direction = any(List.of(VerticalDirection.values()));
      did("scroll %s at %.0f, %.0f".formatted(direction, at.getX(), at.getY()));
      robot(() -> robot.moveTo(at).scroll(1 + random.nextInt(8), direction));
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
    List<Node> boxes = nodes(n -> n instanceof ChoiceBox<?>);
    if (!boxes.isEmpty()) {
      ChoiceBox<?> box = (ChoiceBox<?>) any(boxes);
      did("choose in " + name(box));
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
      List<Window> others = windows().stream().filter(w -> w != stage).toList();
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

  private void click(Node node, double x, double y) throws Exception {
    Optional<Point2D> at =
        Bounded.onFx(
            () -> {
              Bounds bounds = node.localToScreen(node.getBoundsInLocal());
              return bounds == null
                  ? Optional.empty()
                  : Optional.of(
                      new Point2D(
                          bounds.getMinX() + x * bounds.getWidth(),
                          bounds.getMinY() + y * bounds.getHeight()));
            });
    if (at.isPresent() && onScreen(at.get())) {
      robot(() -> robot.clickOn(at.get()));
    }
  }

  /**
   * Lets the robot do something. It presses in the window that has the focus, so there must be one,
   * and a window that was just closed leaves none behind.
   */
  private void robot(Bounded.Action action) throws Exception {
    Bounded.onFx(
        () -> {
          Window focused =
              Window.getWindows().stream()
                  .filter(w -> w instanceof Stage && w.isFocused())
                  .findFirst()
                  .orElse(stage);
          focused.requestFocus();
          return focused;
        });
    try {
      Bounded.run(action);
    } catch (RuntimeException e) {
      if (!isOfTheToolkit(e)) {
        throw e;
      }
      did("(the toolkit's robot failed)");
    }
  }

  private static boolean isOfTheToolkit(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      StackTraceElement[] stack = cause.getStackTrace();
      if (stack.length > 0 && stack[0].getClassName().endsWith("HeadlessRobot")) {
        return true;
      }
    }
    return false;
  }

  private static boolean onScreen(Point2D point) {
    return Screen.getPrimary().getBounds().contains(point);
  }

  private Point2D within(Window in) {
    Rectangle2D screen = Screen.getPrimary().getBounds();
    double x = in.getX() + random.nextDouble() * in.getWidth();
    double y = in.getY() + random.nextDouble() * in.getHeight();
    return new Point2D(
        Math.clamp(x, 0, screen.getMaxX() - 1), Math.clamp(y, 0, screen.getMaxY() - 1));
  }

  /** Windows with a frame: popups come and go by themselves. */
  private static List<Window> windows() throws Exception {
    return Bounded.onFx(
        () ->
            Window.getWindows().stream()
                .filter(w -> w instanceof Stage && w.isShowing())
                .collect(Collectors.toList()));
  }

  /** What can be seen and used in all windows, in the order of the scene graph. */
  private static List<Node> nodes(Predicate<Node> wanted) throws Exception {
    List<Window> windows = windows();
    return Bounded.onFx(
        () -> {
          List<Node> found = new ArrayList<>();
          for (Window window : windows) {
            if (window.getScene() != null) {
              collect(window.getScene().getRoot(), wanted, found);
            }
          }
          return found;
        });
  }

  private static void collect(Node node, Predicate<Node> wanted, List<Node> found) {
    if (!node.isVisible() || node.isDisabled()) {
      return;
    }
    if (wanted.test(node)) {
      found.add(node);
    }
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> collect(child, wanted, found));
    }
  }

  private static String name(Node node) {
    String id = node.getId() == null ? "" : "#" + node.getId();
    String text = node instanceof Labeled labeled ? " “" + labeled.getText() + "”" : "";
    String said = node.getAccessibleText() == null ? "" : " (" + node.getAccessibleText() + ")";
    return node.getClass().getSimpleName() + id + text + said;
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
