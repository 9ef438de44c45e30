package org.lambdascope.engine.model;

import java.nio.file.Path;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;

/**
 * A decoder with the files and threads that it stands on.
 *
 * @param path where it was opened
 * @param format the container, for people: "safetensors" or "GGUF v3"
 * @param decoder the network
 * @param team the threads that it runs on
 * @param kernels the kernels that it runs on
 * @param weights its mapped files
 */
public record LoadedDecoder(
    Path path,
    String format,
    Decoder decoder,
    ThreadTeam team,
    Kernels kernels,
    WeightSource weights)
    implements AutoCloseable {

  /** The same network, storing keys and values in another type; either may be closed. */
  public LoadedDecoder storing(CacheType type) {
    return new LoadedDecoder(path, format, decoder.storing(type), team, kernels, weights);
  }

  /** Unmaps the weights and ends the threads. */
  @Override
  public void close() {
    team.close();
    weights.close();
  }
}
