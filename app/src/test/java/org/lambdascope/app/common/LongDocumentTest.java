package org.lambdascope.app.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.event.Event;
import javafx.scene.Scene;
import javafx.scene.input.ScrollEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** A text of 128k tokens: only what is seen is drawn, and it is laid out only when it changes. */
class LongDocumentTest {

  private static final int TOKENS = 131_072;
  private static final int VOCABULARY = 4000;
  private static final int FRAMES = 60;

  private final int[] ids = new Random(1).ints(TOKENS, 0, VOCABULARY).toArray();
  private final String[] words = words();
  private final Object tokens = new Object();
  private int idsAsked;
  private int shadesAsked;
  private TokenCanvas canvas;
  private Stage stage;

  private static String[] words() {
    Random random = new Random(2);
    String[] words = new String[VOCABULARY];
    for (int i = 0; i < words.length; i++) {
      StringBuilder word = new StringBuilder(random.nextInt(3) > 0 ? " " : "");
      int length = 1 + random.nextInt(7);
      for (int k = 0; k < length; k++) {
        word.append((char) ('a' + random.nextInt(26)));
      }
      words[i] = random.nextInt(60) == 0 ? "\n" : word.toString();
    }
    return words;
  }

  private TokenDocument document(double nll) {
    return new TokenDocument(
        TOKENS,
        TOKENS,
        i -> {
          idsAsked++;
          return ids[i];
        },
        id -> words[id],
        i -> nll,
        TokenShading.NLL,
        i -> {
          shadesAsked++;
          return nll;
        },
        -1,
        tokens);
  }

  @BeforeEach
  void show() throws Exception {
    FxToolkit.registerPrimaryStage();
    canvas = WaitForAsyncUtils.waitForAsyncFx(10_000, () -> new TokenCanvas());
    stage = WaitForAsyncUtils.waitForAsyncFx(10_000, () -> new Stage());
    fx(
        () -> {
          stage.setScene(new Scene(canvas, 450, 300));
          stage.show();
          canvas.setDocument(document(1), words);
          canvas.applyCss();
          canvas.layout();
        });
    WaitForAsyncUtils.waitForFxEvents();
  }

  @AfterEach
  void close() {
    fx(() -> stage.close());
  }

  private static void fx(Runnable action) {
    WaitForAsyncUtils.waitForAsyncFx(
        60_000,
        () -> {
          action.run();
          return true;
        });
  }

  private void wheel(double lines) {
    Event.fireEvent(
        canvas,
        new ScrollEvent(
            ScrollEvent.SCROLL,
            9,
            9,
            9,
            9,
            false,
            false,
            false,
            false,
            true,
            false,
            0,
            -lines * 20,
            0,
            0,
            ScrollEvent.HorizontalTextScrollUnits.NONE,
            0,
            ScrollEvent.VerticalTextScrollUnits.NONE,
            0,
            0,
            null));
  }

  @Test
  void scrollingTouchesOnlyWhatIsSeen() {
    assertThat(canvas.lineCount()).isGreaterThan(5000);
    fx(
        () -> {
          for (int line : new int[] {-100_000, 3, 3000, -7}) {
            shadesAsked = 0;
            idsAsked = 0;
            wheel(line);
            assertThat(shadesAsked).isBetween(20, 600);
            assertThat(idsAsked).isLessThan(600);
          }
        });
  }

  @Test
  void otherShadesOfTheSameTokensAreNotLaidOutAnew() {
    fx(
        () -> {
          idsAsked = 0;
          canvas.setDocument(document(2), words);
          canvas.layout();
          assertThat(idsAsked).isLessThan(1200);
        });
  }

  /** Measured, not judged: how fast depends on who else uses the machine. */
  @Test
  void framesWhileScrolling(TestReporter reporter) {
    double[] milliseconds = new double[FRAMES];
    int[] frame = {0};
    long[] last = {0};
    Consumer<Long> pulse =
        now -> {
          if (last[0] != 0 && frame[0] < FRAMES) {
            milliseconds[frame[0]++] = (now - last[0]) / 1e6;
          }
          last[0] = now;
          wheel(-3);
        };
    AnimationTimer timer =
        new AnimationTimer() {
          @Override
          public void handle(long now) {
            pulse.accept(now);
          }
        };
    fx(timer::start);
    try {
      WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, () -> frame[0] == FRAMES);
    } catch (TimeoutException e) {
      throw new AssertionError("expected %d frames, found %d".formatted(FRAMES, frame[0]), e);
    }
    fx(timer::stop);
    Arrays.sort(milliseconds);
    reporter.publishEntry(
        "ms between frames",
        "median %.1f, worst %.1f".formatted(milliseconds[FRAMES / 2], milliseconds[FRAMES - 1]));
  }
}
