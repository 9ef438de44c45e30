package org.lambdascope.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.lambdascope.engine.experiment.ModelReport;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.model.LoadedDecoder;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.tokenizer.Tokenizer;
import tools.jackson.core.JsonGenerator;

/** What {@code info} says, as JSON. */
final class InfoJson {

  private InfoJson() {}

  static void write(
      PrintWriter onto,
      LoadedDecoder opened,
      Optional<Tokenizer> tokenizer,
      int pretrainLength,
      CacheType cache,
      ModelReport report) {
    ModelConfig c = opened.decoder().config();
    try (JsonGenerator out = JsonFile.onto(onto)) {
      out.writeStartObject();
      out.writeStringProperty("model", name(opened.path()));
      out.writeStringProperty("path", opened.path().toString());
      out.writeStringProperty("format", opened.format());
      out.writeStringProperty("family", c.family());
      out.writeNumberProperty("parameters", opened.decoder().parameters());
      out.writeStringProperty("dtypes", opened.decoder().dtypes());
      out.writeNumberProperty("weightBytes", opened.decoder().weightBytes());
      out.writeNumberProperty("layers", c.layers());
      out.writeNumberProperty("hiddenSize", c.hiddenSize());
      out.writeNumberProperty("intermediateSize", c.intermediateSize());
      out.writeNumberProperty("heads", c.heads());
      out.writeNumberProperty("keyValueHeads", c.keyValueHeads());
      out.writeNumberProperty("headDim", c.headDim());
      out.writeNumberProperty("vocabularySize", c.vocabularySize());
      out.writeBooleanProperty("tiedEmbeddings", c.tiedEmbeddings());
      out.writeNumberProperty("pretrainLength", pretrainLength);
      out.writeNumberProperty("pretrainLengthInFiles", c.pretrainLength());
      out.writeStringProperty("positions", c.positions().description());
      out.writeStringProperty("norm", c.norm().kind().title());
      out.writeNumberProperty("normEps", c.norm().eps());
      tokenizer.ifPresentOrElse(t -> tokenizer(out, t), () -> out.writeNullProperty("tokenizer"));
      out.writeStringProperty("kernels", opened.kernels().description());
      out.writeNumberProperty("threads", opened.team().size());
      out.writeStringProperty("cache", cache.id());
      out.writeArrayPropertyStart("cacheBytes");
      for (ModelReport.Memory row : report.memory()) {
        out.writeStartObject();
        out.writeStringProperty("arm", row.arm().toString());
        for (int i = 0; i < ModelReport.LENGTHS.size(); i++) {
          out.writeNumberProperty(Integer.toString(ModelReport.LENGTHS.get(i)), row.bytes().get(i));
        }
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeArrayPropertyStart("refusedArms");
      for (ModelReport.Refused refused : report.refused()) {
        out.writeStartObject();
        out.writeStringProperty("arm", refused.kind().id());
        out.writeStringProperty("reason", refused.reason());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
      out.writeRaw('\n');
    }
  }

  private static void tokenizer(JsonGenerator out, Tokenizer tokenizer) {
    out.writeStringProperty("tokenizer", tokenizer.description());
    if (tokenizer.bosId().isPresent()) {
      out.writeNumberProperty("bosId", tokenizer.bosId().getAsInt());
    } else {
      out.writeNullProperty("bosId");
    }
    out.writeBooleanProperty("addsBos", tokenizer.addsBosByDefault());
    out.writeArrayPropertyStart("eosIds");
    tokenizer.eosIds().stream().sorted().forEach(out::writeNumber);
    out.writeEndArray();
  }

  private static String name(Path path) {
    Path last = path.toAbsolutePath().normalize().getFileName();
    return last == null ? path.toString() : last.toString();
  }
}
