package org.lambdascope.app.common;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of things of a kind, such as {@code lm-infinite:global=4,local=128, book.txt[9208]}, cut
 * for where there is no room for all of them: what names have in common goes, since by what differs
 * they are told apart.
 */
public final class ShortNames {

  private static final String CUT = "…";

  /** Between the parts of a name; what separates them stays with the part after it. */
  private static final Pattern PARTS = Pattern.compile("(?=[:,\\[])");

  private final Map<String, Set<List<String>>> kin = new HashMap<>();
  private final Set<String> ambiguous = new HashSet<>();

  private ShortNames(Collection<String> names) {
    for (String name : names) {
      List<String> parts = parts(name);
      kin.computeIfAbsent(parts.getFirst() + parts.size(), k -> new LinkedHashSet<>()).add(parts);
    }
    Set<String> headless = new HashSet<>();
    for (Set<List<String>> family : kin.values()) {
      for (List<String> parts : family) {
        if (!headless.add(cut(parts, false))) {
          ambiguous.add(cut(parts, false));
        }
      }
    }
  }

  /** The short names of these. */
  public static ShortNames of(Collection<String> names) {
    return new ShortNames(names);
  }

  /**
   * The ways to write one of the names, the longest, which is whole, first. No two names have one
   * in common.
   */
  public List<String> forms(String name) {
    List<String> parts = parts(name);
    Set<String> forms = new LinkedHashSet<>();
    forms.add(name);
    if (kin.containsKey(parts.getFirst() + parts.size())) {
      forms.add(cut(parts, true));
      String headless = cut(parts, false);
      if (!ambiguous.contains(headless) && !headless.equals(CUT)) {
        forms.add(headless);
      }
    }
    return List.copyOf(forms);
  }

  private static List<String> parts(String name) {
    return List.of(PARTS.split(name));
  }

  /** Without the parts that all names of its kind have alike. */
  private String cut(List<String> parts, boolean head) {
    Set<List<String>> family = kin.getOrDefault(parts.getFirst() + parts.size(), Set.of());
    List<String> kept = new ArrayList<>();
    for (int p = 0; p < parts.size(); p++) {
      int place = p;
      boolean alike = family.stream().allMatch(of -> of.get(place).equals(parts.get(place)));
      if (p == 0 ? head : !alike) {
        boolean afterCut = !kept.isEmpty() && kept.getLast().equals(CUT);
        kept.add(afterCut ? parts.get(p).replaceFirst("^[:,]\\s*", "") : parts.get(p));
      } else if (kept.isEmpty() || !kept.getLast().equals(CUT)) {
        kept.add(CUT);
      }
    }
    return String.join("", kept);
  }
}
