package org.lambdascope.app.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.lambdascope.engine.experiment.bench.MachineLimits;
import org.lambdascope.engine.experiment.bench.Speed;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.model.LoadedDecoder;
import tools.jackson.core.JsonGenerator;

/** What {@code bench} says, as JSON. */
final class BenchJson {

  private BenchJson() {}

  static void write(
      PrintWriter onto,
      LoadedDecoder opened,
      CacheType cache,
      MachineLimits limits,
      List<Speed> speeds) {
    try (JsonGenerator out = JsonFile.onto(onto)) {
      out.writeStartObject();
      out.writeNumberProperty("parameters", opened.decoder().parameters());
      out.writeStringProperty("dtypes", opened.decoder().dtypes());
      out.writeStringProperty("cache", cache.id());
      out.writeNumberProperty("threads", opened.team().size());
      out.writeStringProperty("kernels", opened.kernels().description());
      out.writeNumberProperty("multiplyAddsPerSecond", limits.multiplyAddsPerSecond());
      out.writeNumberProperty("bytesPerSecond", limits.bytesPerSecond());
      out.writeArrayPropertyStart("speeds");
      for (Speed speed : speeds) {
        out.writeStartObject();
        out.writeStringProperty("arm", speed.arm().toString());
        out.writeStringProperty("task", speed.task().name().toLowerCase(Locale.ROOT));
        out.writeNumberProperty("tokens", speed.tokens());
        out.writeNumberProperty("medianTokensPerSecond", speed.median());
        out.writeArrayPropertyStart("tokensPerSecond");
        for (double one : speed.tokensPerSecond()) {
          out.writeNumber(one);
        }
        out.writeEndArray();
        out.writeNumberProperty("boundTokensPerSecond", speed.bound());
        out.writeStringProperty("boundBy", speed.boundBy().name().toLowerCase(Locale.ROOT));
        out.writeNumberProperty("cacheBytes", speed.cacheBytes());
        out.writeNumberProperty("garbageBytesPerToken", speed.garbageBytes());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
      out.writeRaw('\n');
    }
  }
}
