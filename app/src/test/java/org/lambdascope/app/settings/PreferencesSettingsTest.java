package org.lambdascope.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.prefs.AbstractPreferences;
import java.util.prefs.Preferences;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PreferencesSettingsTest {

  private boolean flushed;
  private final Preferences node = new Unstored(null, "");
  private final PreferencesSettings settings = new PreferencesSettings(node);

  @Test
  void theFirstLayoutIsThatOfAFirstStart() {
    assertThat(settings.layout()).isEqualTo(WindowLayout.FIRST);
  }

  @Test
  void windowsOfPartsAreRemembered() {
    WindowLayout layout =
        WindowLayout.FIRST.apart(
            Map.of(
                "token", new WindowBounds(-1200, 40, 480, 820),
                "page-mask", new WindowBounds(0, 0, 1100, 760)));
    settings.setLayout(layout);
    assertThat(settings.layout()).isEqualTo(layout);
    settings.setLayout(WindowLayout.FIRST);
    assertThat(settings.layout().windows()).isEmpty();
  }

  @Test
  void dividersAndPartsAreRemembered() throws IOException {
    WindowLayout layout =
        WindowLayout.FIRST.showing(false, true, true).divided(0.2, 0.6, 0.65, 0.5);
    settings.setLayout(layout);
    assertThat(settings.layout()).isEqualTo(layout);
    assertThat(flushed).isFalse();
    settings.flush();
    assertThat(flushed).isTrue();
  }

  @Test
  void whatIsNoPlaceIsLeftOut() {
    node.node("layout")
        .put("windows", "a=1 2 3;b=1 2 0 4;c=NaN 0 1 1;d;=1 2 3 4;e=x;f= 1 2 3 4 ;g=1e999 0 1 1");
    assertThat(settings.layout().windows())
        .containsExactly(Map.entry("f", new WindowBounds(1, 2, 3, 4)));
  }

  /** Preferences that end with the test, and leave those of the user alone. */
  private final class Unstored extends AbstractPreferences {

    private final Map<String, String> values = new HashMap<>();
    private final Map<String, Unstored> children = new HashMap<>();

    Unstored(@Nullable Unstored parent, String name) {
      super(parent, name);
    }

    @Override
    protected void putSpi(String key, String value) {
      values.put(key, value);
    }

    @Override
    protected @Nullable String getSpi(String key) {
      return values.get(key);
    }

    @Override
    protected void removeSpi(String key) {
      values.remove(key);
    }

    @Override
    protected void removeNodeSpi() {
      values.clear();
    }

    @Override
    protected String[] keysSpi() {
      return values.keySet().toArray(String[]::new);
    }

    @Override
    protected String[] childrenNamesSpi() {
      return children.keySet().toArray(String[]::new);
    }

    @Override
    protected AbstractPreferences childSpi(String name) {
      return children.computeIfAbsent(name, n -> new Unstored(this, n));
    }

    @Override
    protected void syncSpi() {}

    @Override
    protected void flushSpi() {
      flushed = true;
    }
  }
}
