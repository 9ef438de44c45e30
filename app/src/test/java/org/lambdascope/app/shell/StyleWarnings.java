package org.lambdascope.app.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test during which the toolkit warned of styles, most of all of colours that it did not
 * find: a node was styled before those above it, or in a window that is closed.
 */
final class StyleWarnings implements BeforeEachCallback, AfterEachCallback {

  /** Held here: the log forgets loggers that nobody holds, and their handlers with them. */
  private static final Logger STYLES = Logger.getLogger("javafx.css");

  /** Each with the stack on which it came. */
  private final List<Throwable> warnings = new ArrayList<>();

  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
            synchronized (warnings) {
              warnings.add(new Throwable(entry.getMessage()));
            }
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @Override
  public void beforeEach(ExtensionContext context) {
    STYLES.addHandler(handler);
  }

  /** After the window was closed, which may warn too. */
  @Override
  public void afterEach(ExtensionContext context) {
    STYLES.removeHandler(handler);
    synchronized (warnings) {
      if (!warnings.isEmpty()) {
        AssertionError failure =
            new AssertionError("expected no warning of styles, found " + warnings.size());
        warnings.forEach(failure::addSuppressed);
        warnings.clear();
        throw failure;
      }
    }
  }
}
