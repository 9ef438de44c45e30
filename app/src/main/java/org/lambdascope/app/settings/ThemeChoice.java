package org.lambdascope.app.settings;

import java.util.Arrays;
import java.util.Locale;

/** Which colours the user wants. */
public enum ThemeChoice {
  /** Those of the desktop, also when they change. */
  SYSTEM("Light or dark, as the desktop is"),
  LIGHT("Dark text on a light ground"),
  DARK("Light text on a dark ground");

  private final String help;

  ThemeChoice(String help) {
    this.help = help;
  }

  /** What it does, for a person. */
  public String help() {
    return help;
  }

  /** Its name in settings and commands. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The choice of an id; {@link #SYSTEM} where there is none. */
  public static ThemeChoice of(String id) {
    return Arrays.stream(values()).filter(c -> c.id().equals(id)).findFirst().orElse(SYSTEM);
  }

  /**
   * The colours that follow from it.
   *
   * @param system those of the desktop
   */
  public Theme theme(Theme system) {
    return switch (this) {
      case SYSTEM -> system;
      case LIGHT -> Theme.LIGHT;
      case DARK -> Theme.DARK;
    };
  }

  /** The choice of exactly these colours. */
  public static ThemeChoice always(Theme theme) {
    return theme == Theme.DARK ? DARK : LIGHT;
  }
}
