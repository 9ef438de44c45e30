package org.lambdascope.engine.spec;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The entries of a mapping, taken one by one; what nobody asked for is a mistake. */
public final class SpecFields {

  private final SpecNode mapping;
  private final Map<String, SpecNode> values = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  SpecFields(SpecNode mapping, MappingNode node) throws SpecException {
    this.mapping = mapping;
    for (NodeTuple entry : node.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode name)) {
        throw mapping.error("expected keys that are words");
      }
      if (values.put(name.getValue(), mapping.child(name.getValue(), entry.getValueNode()))
          != null) {
        throw mapping.child(name.getValue(), entry.getKeyNode()).error("this key is given twice");
      }
    }
  }

  /** An error at the mapping. */
  public SpecException error(String message) {
    return mapping.error(message);
  }

  /** An entry that must be there. */
  public SpecNode required(String key) throws SpecException {
    Optional<SpecNode> found = optional(key);
    if (found.isEmpty()) {
      throw mapping.missing(
          key,
          "expected the key '%s', found %s"
              .formatted(key, values.isEmpty() ? "none" : String.join(", ", values.keySet())));
    }
    return found.get();
  }

  /** An entry that may be there. */
  public Optional<SpecNode> optional(String key) {
    known.add(key);
    return Optional.ofNullable(values.get(key));
  }

  /** A whole number of at least {@code min}, or the default. */
  public int integer(String key, int min, int otherwise) throws SpecException {
    Optional<SpecNode> found = optional(key);
    return found.isPresent() ? found.get().integer(min) : otherwise;
  }

  /** A text, or the default. */
  public String text(String key, String otherwise) throws SpecException {
    Optional<SpecNode> found = optional(key);
    return found.isPresent() ? found.get().text() : otherwise;
  }

  /** Whether there is an entry; does not count as asking for it. */
  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** The names of all entries. */
  public Set<String> names() {
    return values.keySet();
  }

  /**
   * Says that all was asked for.
   *
   * @throws SpecException if an entry was not, naming those that can be
   */
  public void end() throws SpecException {
    for (Map.Entry<String, SpecNode> entry : values.entrySet()) {
      if (!known.contains(entry.getKey())) {
        throw entry
            .getValue()
            .error("unknown key; expected one of %s".formatted(String.join(", ", known)));
      }
    }
  }
}
