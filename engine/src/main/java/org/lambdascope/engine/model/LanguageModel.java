package org.lambdascope.engine.model;

import java.nio.file.Path;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.tokenizer.Tokenizer;

/**
 * A decoder with its tokenizer.
 *
 * @param network the decoder and what it stands on
 * @param tokenizer its tokenizer
 */
public record LanguageModel(LoadedDecoder network, Tokenizer tokenizer) implements AutoCloseable {

  /** The decoder. */
  public Decoder decoder() {
    return network.decoder();
  }

  /** The model's shape. */
  public ModelConfig config() {
    return network.decoder().config();
  }

  /** Where it was opened. */
  public Path path() {
    return network.path();
  }

  /** The container, for people: "safetensors" or "GGUF v3". */
  public String format() {
    return network.format();
  }

  /** The kernels that it runs on. */
  public Kernels kernels() {
    return network.kernels();
  }

  /** Threads that it runs on. */
  public int threads() {
    return network.team().size();
  }

  /** The model's name: the last part of its path. */
  public String name() {
    Path file = path().toAbsolutePath().normalize().getFileName();
    return file == null ? path().toString() : file.toString();
  }

  /** The same model, storing keys and values in another type; either may be closed. */
  public LanguageModel storing(CacheType type) {
    return new LanguageModel(network.storing(type), tokenizer);
  }

  /** Unmaps the weights and ends the threads. */
  @Override
  public void close() {
    network.close();
  }
}
