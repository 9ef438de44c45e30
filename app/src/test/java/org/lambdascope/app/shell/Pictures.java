package org.lambdascope.app.shell;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.embed.swing.SwingFXUtils;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.transform.Scale;
import javafx.stage.PopupWindow;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.lambdascope.app.common.FigureView;
import org.lambdascope.app.common.FilePicker;
import org.lambdascope.app.common.FreeMemory;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.settings.MemorySettings;
import org.lambdascope.app.workbench.ArmState;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/**
 * A window on the bundled models, and PNG files of what it shows: each view in both themes, on a
 * screen of 1280 × 800 pixels and on one of 2560 × 1440 pixels at 200 %. The files go to the folder
 * that the system property {@code screenshots} names.
 */
final class Pictures {

  private static final int SECONDS = 400;

  /** Charts and rows follow what was changed within their rest of 150 ms, and are then drawn. */
  private static final int SETTLING_MILLIS = 500;

  /** So often it is looked whether all is drawn; what blinks never is. */
  private static final int MOST_LOOKS = 6;

  /** At so many looks in a row nothing is under way: one work may begin after another's end. */
  private static final int QUIET = 80;

  private static final double SCALE = 2;

  private final Stage stage;
  private final WorkbenchWindow window;

  /** Looks at which nothing was under way; only the user-interface thread counts them. */
  private int quiet;

  private Pictures(Stage stage, WorkbenchWindow window) {
    this.stage = stage;
    this.window = window;
  }

  /** Shows an empty window; the test is skipped if no models are bundled. */
  static Pictures start(Path store, FilePicker files) throws TimeoutException {
    return start(store, files, () -> Long.MAX_VALUE / 2);
  }

  /**
   * The same where memory is short.
   *
   * @param freeBytes bytes that a run may take
   */
  static Pictures start(Path store, FilePicker files, FreeMemory freeBytes)
      throws TimeoutException {
    Samples samples = samples();
    Assumptions.assumeTrue(
        samples.model("lambda-llama").isPresent(), "skipped: no samples beside the modules");
    FxToolkit.registerPrimaryStage();
    Stage stage = WaitForAsyncUtils.waitForAsyncFx(10_000, () -> new Stage());
    WorkbenchWindow window =
        WaitForAsyncUtils.waitForAsyncFx(
            10_000,
            () ->
                new WorkbenchWindow(
                    stage, new MemorySettings(), s -> files, samples, store, freeBytes));
    run(
        () -> {
          window.show(List.of());
          stage.setWidth(1280);
          stage.setHeight(stage.getOutputScaleX() == SCALE ? 720 : 800);
        });
    return new Pictures(stage, window);
  }

  static Samples samples() {
    return Samples.in(Path.of("").toAbsolutePath().resolve("../samples").normalize());
  }

  WorkbenchWindow window() {
    return window;
  }

  Stage stage() {
    return stage;
  }

  /** Opens a bundled model and the document of the welcome page, and waits for both. */
  void open(String model) throws TimeoutException {
    run(() -> window.models().openModel(samples().model(model).orElseThrow()));
    await(() -> window.models().source().model() != null);
    run(() -> window.models().openText(samples().welcome().orElseThrow()));
    await(() -> window.models().source().complete());
  }

  /** Runs all arms to their end. */
  void runArms() throws TimeoutException {
    run(() -> window.workbench().run());
    awaitArms();
  }

  void awaitArms() throws TimeoutException {
    await(() -> window.workbench().arms().stream().allMatch(a -> a.state() == ArmState.DONE));
  }

  void command(String id) throws TimeoutException {
    run(() -> window.commands().get(id).run());
  }

  static void run(Runnable action) throws TimeoutException {
    FxToolkit.setupFixture(() -> action.run());
  }

  static void await(Callable<Boolean> condition) throws TimeoutException {
    WaitForAsyncUtils.waitFor(
        SECONDS, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
  }

  /**
   * Writes {@code name.png}, {@code name-dark.png}, {@code name-2x.png} and {@code
   * name-dark-2x.png} of the whole window.
   */
  void take(String name) throws TimeoutException {
    take(name, stage);
  }

  /** The same of another window. */
  void take(String name, Window of) throws TimeoutException {
    take(new Shot(name, of, () -> {}, true));
  }

  /** The same of the whole window with what goes away by itself: it is made anew before each. */
  void take(String name, Runnable appear) throws TimeoutException {
    take(new Shot(name, stage, appear, true));
  }

  /** The same of the whole window while something is computed, whose end none of them awaits. */
  void takeMoment(String name) throws TimeoutException {
    take(new Shot(name, stage, () -> {}, false));
  }

  /**
   * What is pictured.
   *
   * @param appear done before each picture, on the user-interface thread
   * @param patient whether each waits until nothing is computed in the background
   */
  private record Shot(String name, Window of, Runnable appear, boolean patient) {}

  private void take(Shot shot) throws TimeoutException {
    Window of = shot.of();
    if (of.getOutputScaleX() == SCALE) {
      takeSharp(shot);
      return;
    }
    write(shot, 1, "");
    run(() -> window.shell().toggleTheme());
    write(shot, 1, "-dark");
    double width = of.getWidth();
    double height = of.getHeight();
    boolean whole = of == stage;
    scale(of, SCALE);
    if (whole) {
      resize(of, 2560 / SCALE, 1440 / SCALE);
    }
    write(shot, SCALE, "-dark-2x");
    run(() -> window.shell().toggleTheme());
    write(shot, SCALE, "-2x");
    scale(of, 1);
    if (whole) {
      resize(of, width, height);
    }
  }

  /**
   * Writes the two at 200 % alone, on a screen that is at 200 %: there the toolkit draws what is on
   * canvases with as many pixels; elsewhere a picture enlarges it.
   */
  private void takeSharp(Shot shot) throws TimeoutException {
    write(shot, SCALE, "-2x");
    run(() -> window.shell().toggleTheme());
    write(shot, SCALE, "-dark-2x");
    run(() -> window.shell().toggleTheme());
  }

  /** Waits for what is computed in the background: half of it is no view of anything. */
  private void rest(Window of) throws TimeoutException {
    quiet = 0;
    await(
        () -> {
          boolean busy =
              window.shell().statusProperty().get().startsWith("Busy")
                  || of.getScene().getRoot().lookupAll(".figure-view").stream()
                      .anyMatch(v -> v instanceof FigureView chart && !chart.isUpToDate());
          quiet = busy ? 0 : quiet + 1;
          return quiet == QUIET;
        });
  }

  /**
   * What a view draws as a picture of its own follows the window; a snapshot would enlarge it.
   * Dialogs follow the main window.
   */
  private void scale(Window of, double scale) throws TimeoutException {
    Window window = of.renderScaleXProperty().isBound() ? stage : of;
    run(
        () -> {
          window.setRenderScaleX(scale);
          window.setRenderScaleY(scale);
        });
  }

  private static void resize(Window window, double width, double height) throws TimeoutException {
    run(
        () -> {
          window.setWidth(width);
          window.setHeight(height);
        });
  }

  private void write(Shot shot, double scale, String suffix) throws TimeoutException {
    if (shot.patient()) {
      rest(shot.of());
    }
    run(shot.appear());
    WaitForAsyncUtils.sleep(SETTLING_MILLIS, TimeUnit.MILLISECONDS);
    BufferedImage image = picture(shot.of(), scale);
    for (int i = 0; shot.patient() && i < MOST_LOOKS; i++) {
      WaitForAsyncUtils.sleep(SETTLING_MILLIS, TimeUnit.MILLISECONDS);
      BufferedImage before = image;
      image = picture(shot.of(), scale);
      if (same(before, image)) {
        break;
      }
    }
    try {
      Path folder = Files.createDirectories(Path.of(System.getProperty("screenshots")));
      writePng(image, folder.resolve(shot.name() + suffix + ".png"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedImage picture(Window of, double scale) {
    return WaitForAsyncUtils.waitForAsyncFx(60_000, () -> withMenus(of, scale));
  }

  private static boolean same(BufferedImage a, BufferedImage b) {
    return Arrays.equals(
        ((DataBufferInt) a.getRaster().getDataBuffer()).getData(),
        ((DataBufferInt) b.getRaster().getDataBuffer()).getData());
  }

  /** The content of a window, and the menus that are open above it: each is a window of its own. */
  private static BufferedImage withMenus(Window of, double scale) {
    BufferedImage image = opaque(snapshot(of, scale));
    Graphics2D drawing = image.createGraphics();
    for (Window above : Window.getWindows()) {
      if (above.isShowing() && above != of && bottom(above) == of) {
        drawing.drawImage(
            SwingFXUtils.fromFXImage(snapshot(above, scale), null),
            (int) Math.round(scale * (above.getX() - of.getX() - of.getScene().getX())),
            (int) Math.round(scale * (above.getY() - of.getY() - of.getScene().getY())),
            null);
      }
    }
    drawing.dispose();
    return image;
  }

  /** The window to which a menu or a menu's menu belongs; any other is its own. */
  private static Window bottom(Window window) {
    Window at = window;
    while (at instanceof PopupWindow popup && popup.getOwnerWindow() != null) {
      at = popup.getOwnerWindow();
    }
    return at;
  }

  private static WritableImage snapshot(Window of, double scale) {
    SnapshotParameters parameters = new SnapshotParameters();
    parameters.setTransform(new Scale(scale, scale));
    parameters.setFill(Color.TRANSPARENT);
    // What hangs over the window's edge, such as the tour's frame, is no part of it.
    Scene scene = of.getScene();
    parameters.setViewport(
        new Rectangle2D(0, 0, scale * scene.getWidth(), scale * scene.getHeight()));
    return scene.getRoot().snapshot(parameters, null);
  }

  /** Without its alpha channel, which says nothing and takes a third of the file. */
  private static BufferedImage opaque(WritableImage image) {
    BufferedImage rgb =
        new BufferedImage(
            (int) image.getWidth(), (int) image.getHeight(), BufferedImage.TYPE_INT_RGB);
    rgb.createGraphics().drawImage(SwingFXUtils.fromFXImage(image, null), 0, 0, null);
    return rgb;
  }

  private static void writePng(BufferedImage image, Path file) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionQuality(0);
    Files.deleteIfExists(file);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
  }
}
