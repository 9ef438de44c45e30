package org.lambdascope.app.shell;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.Theme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Our sheet for both themes says what AtlantaFX's two sheets say. If a new release of AtlantaFX
 * fails here, {@code dark.css} has to follow it.
 */
class DarkThemeTest {

  private static final Pattern RULE = Pattern.compile("([^{}]+)\\{([^{}]*)}");
  private static final Pattern COLOUR = Pattern.compile("-shell-[a-z-]+");
  private static final String DARK_ROOT = ".root:dark";

  private static List<Rule> light;
  private static List<Rule> dark;

  /** Of each selector of our sheet, what it says. */
  private static final Map<String, Map<String, String>> OURS = new HashMap<>();

  private record Rule(String selectors, Map<String, String> says) {}

  @BeforeAll
  static void read() throws IOException {
    light = rules("/atlantafx/base/theme/primer-light.css");
    dark = rules("/atlantafx/base/theme/primer-dark.css");
    for (Rule rule : rules("/org/lambdascope/app/shell/dark.css")) {
      for (String selector : rule.selectors().split(",\\s*", -1)) {
        OURS.computeIfAbsent(selector, s -> new HashMap<>()).putAll(rule.says());
      }
    }
  }

  @Test
  void theirSheetsHaveTheSameRules() {
    assertThat(dark.stream().map(Rule::selectors))
        .containsExactlyElementsOf(light.stream().map(Rule::selectors).toList());
    for (int i = 0; i < light.size(); i++) {
      assertThat(dark.get(i).says().keySet())
          .as(light.get(i).selectors())
          .isEqualTo(light.get(i).says().keySet());
    }
  }

  @Test
  void whatTheySayDifferentlyIsInOurs() {
    int found = 0;
    for (int i = 0; i < light.size(); i++) {
      Rule theirs = light.get(i);
      for (String property : theirs.says().keySet()) {
        String inLight = requireNonNull(theirs.says().get(property));
        String inDark = requireNonNull(dark.get(i).says().get(property));
        if (inLight.equals(inDark)) {
          continue;
        }
        found++;
        for (String selector : theirs.selectors().split(",\\s*", -1)) {
          String where = selector + " " + property;
          if (selector.equals(".root")) {
            assertThat(said(DARK_ROOT, property)).as(where).isEqualTo(inDark);
          } else if (said(DARK_ROOT + " " + selector, property).isEmpty()) {
            String ours = said(selector, property);
            assertThat(in(".root", ours)).as(where).isEqualTo(inLight);
            assertThat(in(DARK_ROOT, ours)).as(where).isEqualTo(inDark);
          } else {
            assertThat(said(DARK_ROOT + " " + selector, property)).as(where).isEqualTo(inDark);
          }
        }
      }
    }
    assertThat(found).isGreaterThan(100);
  }

  private static String said(String selector, String property) {
    return OURS.getOrDefault(selector, Map.of()).getOrDefault(property, "");
  }

  /** A value with the colours that a root has. */
  private static String in(String root, String value) {
    return COLOUR
        .matcher(value)
        .replaceAll(name -> Matcher.quoteReplacement(said(root, name.group())));
  }

  private static List<Rule> rules(String resource) throws IOException {
    String text;
    // A module finds its own alone.
    try (InputStream in =
        (resource.startsWith("/atlantafx") ? Theme.class : ShellStyles.class)
            .getResourceAsStream(resource)) {
      text = new String(requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    }
    List<Rule> rules = new ArrayList<>();
    Matcher rule = RULE.matcher(text.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("@[^;]*;", ""));
    while (rule.find()) {
      Map<String, String> says = new LinkedHashMap<>();
      for (String declaration : rule.group(2).split(";", -1)) {
        int colon = declaration.indexOf(':');
        if (colon > 0) {
          says.put(
              declaration.substring(0, colon).strip(), oneLine(declaration.substring(colon + 1)));
        }
      }
      rules.add(new Rule(oneLine(rule.group(1)), says));
    }
    return rules;
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
