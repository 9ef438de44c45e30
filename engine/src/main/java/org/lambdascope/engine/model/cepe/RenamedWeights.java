package org.lambdascope.engine.model.cepe;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.tensor.Tensor;

/**
 * The tensors of a checkpoint below one prefix, under another: so that the encoder's {@code
 * encoder.layers.…} is read as any LLaMA's {@code model.layers.…}. Messages keep the real names.
 */
final class RenamedWeights implements WeightSource {

  private final WeightSource source;
  private final String stored;
  private final String asked;

  /**
   * A view; closing it does nothing.
   *
   * @param stored prefix in the checkpoint, such as {@code encoder.}
   * @param asked prefix that readers use, such as {@code model.}
   */
  RenamedWeights(WeightSource source, String stored, String asked) {
    this.source = source;
    this.stored = stored;
    this.asked = asked;
  }

  @Override
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (String name : source.names()) {
      if (name.startsWith(stored)) {
        names.add(asked + name.substring(stored.length()));
      }
    }
    return names;
  }

  @Override
  public Optional<Tensor> find(String name) throws ModelFormatException {
    return name.startsWith(asked) ? source.find(storedName(name)) : Optional.empty();
  }

  @Override
  public Tensor get(String name) throws ModelFormatException {
    return source.get(storedName(name));
  }

  private String storedName(String name) {
    return stored + name.substring(asked.length());
  }

  @Override
  public long bytes() {
    return source.bytes();
  }

  @Override
  public String location() {
    return source.location();
  }

  @Override
  public void close() {}
}
