package org.lambdascope.engine.model.cepe;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.model.CrossAttentionForecast;
import org.lambdascope.engine.model.CrossAttentionForm;
import org.lambdascope.engine.model.ModelConfig;

/**
 * Predicts what the two forms of cross-attention cost, from counts of operations and bytes and the
 * machine's measured rates. Projections of the query and of the output, which both forms share, are
 * left out.
 */
final class CrossCosts {

  private final ModelConfig config;
  private final CepeEncoder encoder;
  private final int layers;
  private final Kernels kernels;
  private final ThreadTeam team;
  private @Nullable MachineRates rates; // measured when first wanted

  CrossCosts(
      ModelConfig config, CepeEncoder encoder, int layers, Kernels kernels, ThreadTeam team) {
    this.config = config;
    this.encoder = encoder;
    this.layers = layers;
    this.kernels = kernels;
    this.team = team;
  }

  List<CrossAttentionForecast> forecast(long tokens, int chunk, long queries, int rows) {
    int e = encoder.config().hiddenSize();
    long phi = encoder.contextBytes(tokens, chunk);
    long narrow = phi / e * config.keyValueWidth() * 2 * layers;
    double heads = (double) queries * config.heads() * layers;
    double passes = layers * Math.ceil((double) queries / rows);
    double absorbedOps = 2 * heads * e * (tokens + config.headDim());
    double materialisedOps =
        2 * heads * config.headDim() * tokens + 2.0 * tokens * e * config.keyValueWidth() * layers;
    return List.of(
        of(CrossAttentionForm.ABSORBED, phi, absorbedOps, passes * phi),
        of(
            CrossAttentionForm.MATERIALISED,
            phi + narrow,
            materialisedOps,
            passes / layers * narrow + 2.0 * narrow));
  }

  private CrossAttentionForecast of(
      CrossAttentionForm form, long bytes, double multiplyAdds, double bytesRead) {
    MachineRates measured = rates();
    return new CrossAttentionForecast(
        form,
        bytes,
        multiplyAdds,
        bytesRead,
        Math.max(
            multiplyAdds / measured.multiplyAddsPerSecond(),
            bytesRead / measured.bytesPerSecond()));
  }

  private synchronized MachineRates rates() {
    MachineRates known = rates;
    if (known == null) {
      known = MachineRates.measure(kernels, team);
      rates = known;
    }
    return known;
  }
}
