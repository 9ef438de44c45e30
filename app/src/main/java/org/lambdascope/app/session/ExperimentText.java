package org.lambdascope.app.session;

import java.util.stream.Collectors;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.kernels.CacheType;
import tools.jackson.databind.json.JsonMapper;

/** An experiment file: what {@code lambdascope run} takes. */
public final class ExperimentText {

  private static final JsonMapper JSON = JsonMapper.shared();

  private ExperimentText() {}

  /** Losses by position, the three diagnostics and, where the text goes on, its continuation. */
  public static String of(Reproduction r) {
    StringBuilder out = new StringBuilder();
    out.append("# lambdascope run FILE --out DIR\n");
    out.append("lambdascope: 1\n");
    out.append("model: ").append(quoted(r.model())).append('\n');
    if (r.pretrainGiven()) {
      out.append("pretrain-length: ").append(r.pretrainLength()).append('\n');
    }
    if (r.cacheType() != CacheType.F32) {
      out.append("cache: ").append(r.cacheType().id()).append('\n');
    }
    out.append(
        r.arms().stream()
            .map(Arm::toString)
            .map(ExperimentText::quoted)
            .collect(Collectors.joining(", ", "arms: [", "]\n")));
    out.append("data: {text: ").append(quoted(r.text())).append("}\n");
    out.append("experiments:\n");
    out.append("  - {kind: perplexity, lengths: [").append(r.length()).append("]}\n");
    out.append("  - {kind: ood-factors, length: ").append(r.length()).append("}\n");
    // It is compared with what the text itself goes on with.
    if (r.newTokens() > 0 && r.length() + r.newTokens() <= r.available()) {
      out.append("  - {kind: generation-quality, lengths: [").append(r.length());
      out.append("], new-tokens: ").append(r.newTokens()).append("}\n");
    }
    return out.toString();
  }

  /** A JSON text is a double-quoted YAML one. */
  private static String quoted(String text) {
    return JSON.writeValueAsString(text);
  }
}
