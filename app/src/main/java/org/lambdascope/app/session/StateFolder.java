package org.lambdascope.app.session;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Where the program keeps what it may need again, as each system wants it. */
public final class StateFolder {

  /** System property that names another folder. */
  public static final String PROPERTY = "lambdascope.state";

  private static final String NAME = "lambdascope";

  private StateFolder() {}

  /** The user's folder on this system; it need not exist. */
  public static Path ofUser() {
    return of(
        System.getProperty(PROPERTY, ""),
        System.getProperty("os.name", ""),
        Path.of(System.getProperty("user.home", "")),
        name -> {
          String value = System.getenv(name);
          return value == null ? "" : value;
        });
  }

  /**
   * The folder of a user.
   *
   * @param named names it outright; empty for the system's own
   * @param environment the value of a variable, empty for none
   */
  static Path of(String named, String system, Path home, UnaryOperator<String> environment) {
    if (!named.isEmpty()) {
      return Path.of(named);
    }
    String os = system.toLowerCase(Locale.ROOT);
    if (os.startsWith("windows")) {
      String local = environment.apply("LOCALAPPDATA");
      return (local.isEmpty() ? home.resolve("AppData").resolve("Local") : Path.of(local))
          .resolve(NAME);
    }
    if (os.startsWith("mac")) {
      return home.resolve("Library").resolve("Application Support").resolve(NAME);
    }
    // The XDG base directory specification: relative paths do not count.
    String state = environment.apply("XDG_STATE_HOME");
    return (state.startsWith("/") ? Path.of(state) : home.resolve(".local").resolve("state"))
        .resolve(NAME);
  }
}
