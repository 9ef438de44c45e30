package org.lambdascope.app.shell;

import java.util.List;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;

/** What a {@link Monkey} types, presses and points at. */
final class MonkeyVocabulary {

  /** Numbers in and out of every range, and what is none. */
  static final List<String> WORDS =
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

  static final List<KeyCode> KEYS =
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

  static final List<KeyCode> MODIFIERS = List.of(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.ALT);

  /** What answers to the pointer by itself, by the names of their classes or by their ids. */
  static final Set<String> SURFACES =
      Set.of("TokenCanvas", "HeadGrid", "StatePlot", "MaskCanvas", "FigureView", "figure-page");

  /** Buttons that open menus, by their ids. */
  static final Set<String> MENU_BUTTONS =
      Set.of(
          "open-model",
          "add-arm",
          "presets",
          "mask-menu",
          "runs-open",
          "runs-export",
          "add-experiment",
          "editor-export",
          "of an arm",
          "of a chart");

  /** The name of a node in {@link #SURFACES}; empty if it is none. */
  static String surface(Node node) {
    String type = node.getClass().getSimpleName();
    String id = node.getId();
    return SURFACES.contains(type) ? type : id != null && SURFACES.contains(id) ? id : "";
  }

  /** What is looked for in the palette; what ends the window is not found by any of it. */
  static final List<String> PALETTE =
      List.of("mask", "vanilla", "theme", "undo", "welcome", "letters", "detach", "zzz", "softmax");

  private MonkeyVocabulary() {}
}
