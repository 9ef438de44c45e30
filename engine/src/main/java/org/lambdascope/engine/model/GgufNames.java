package org.lambdascope.engine.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.tensor.Tensor;

/**
 * What a family's tensors are called in Hugging Face checkpoints and in GGUF files. Names are given
 * without {@code .weight} or {@code .bias} and with {@code %d} for the layer.
 */
public final class GgufNames {

  private static final Pattern LAYER = Pattern.compile("\\.(\\d+)\\.");
  private static final List<String> SUFFIXES = List.of(".weight", ".bias");

  private final Map<String, String> toGguf;
  private final Map<String, String> toHuggingFace = new LinkedHashMap<>();

  /**
   * Takes pairs.
   *
   * @param toGguf names in GGUF files by those in checkpoints, in the order in which a file holds
   *     them
   */
  public GgufNames(Map<String, String> toGguf) {
    this.toGguf = new LinkedHashMap<>(toGguf);
    toGguf.forEach((ours, theirs) -> toHuggingFace.put(theirs, ours));
  }

  /** The name in GGUF files, if the family has that tensor. */
  public Optional<String> toGguf(String huggingFace) {
    return translated(huggingFace, toGguf);
  }

  private static Optional<String> translated(String name, Map<String, String> table) {
    for (String suffix : SUFFIXES) {
      if (name.endsWith(suffix)) {
        String base = name.substring(0, name.length() - suffix.length());
        Matcher layer = LAYER.matcher(base);
        String other = table.get(layer.replaceFirst(".%d."));
        if (other != null) {
          layer.reset();
          return Optional.of((layer.find() ? other.replace("%d", layer.group(1)) : other) + suffix);
        }
      }
    }
    return Optional.empty();
  }

  /** Names that checkpoints with that many layers may hold, in the order of a GGUF file. */
  List<String> huggingFaceNames(int layers) {
    List<String> names = new ArrayList<>();
    List<String> perLayer = toGguf.keySet().stream().filter(n -> n.contains("%d")).toList();
    boolean layersDone = false;
    for (String name : toGguf.keySet()) {
      if (!name.contains("%d")) {
        SUFFIXES.forEach(suffix -> names.add(name + suffix));
      } else if (!layersDone) {
        layersDone = true;
        for (int l = 0; l < layers; l++) {
          for (String pattern : perLayer) {
            for (String suffix : SUFFIXES) {
              names.add(pattern.replace("%d", Integer.toString(l)) + suffix);
            }
          }
        }
      }
    }
    return names;
  }

  /** A view of a GGUF file's tensors under the names of a checkpoint; closing it does nothing. */
  public WeightSource underHuggingFaceNames(WeightSource file) {
    return new Renamed(file);
  }

  private final class Renamed implements WeightSource {

    private final WeightSource file;

    Renamed(WeightSource file) {
      this.file = file;
    }

    @Override
    public Set<String> names() {
      Set<String> names = new LinkedHashSet<>();
      for (String name : file.names()) {
        names.add(translated(name, toHuggingFace).orElse(name));
      }
      return names;
    }

    private String stored(String name) {
      return toGguf(name).orElse(name);
    }

    @Override
    public Optional<Tensor> find(String name) throws ModelFormatException {
      return file.find(stored(name));
    }

    @Override
    public Tensor get(String name) throws ModelFormatException {
      return file.get(stored(name));
    }

    @Override
    public long bytes() {
      return file.bytes();
    }

    @Override
    public String location() {
      return file.location();
    }

    @Override
    public void close() {}
  }
}
