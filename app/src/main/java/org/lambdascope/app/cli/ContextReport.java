package org.lambdascope.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.lambdascope.app.figure.ContextCsv;
import org.lambdascope.app.figure.ContextFigures;
import org.lambdascope.app.figure.Marker;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.context.ContextControl;
import org.lambdascope.engine.experiment.context.ContextExperiment;
import org.lambdascope.engine.experiment.context.ContextMeasurement;
import org.lambdascope.engine.experiment.context.ContextPoint;
import org.lambdascope.engine.experiment.context.ContextSpec;
import org.lambdascope.engine.experiment.context.Interval;
import org.lambdascope.engine.experiment.context.Targets;
import org.lambdascope.engine.model.LanguageModel;
import tools.jackson.core.JsonGenerator;

/** Runs an experiment on context and reports it: table, JSON, CSV and figures. */
final class ContextReport {

  private static final double MIB = 1 << 20;

  private static final String SCALING_HEADING =
      "   context   NLL (nats/token)     against shortest    read s  decode tok/s        MiB";

  private static final String CONTROLS_HEADING =
      "  context          tokens   NLL (nats/token)     against true";

  private final String name;
  private final LanguageModel model;
  private final List<DocumentArguments.Document> documents;
  private final Targets targets;
  private final ContextSpec spec;
  private final int pretrainLength;
  private final ContextOutput output;
  private final Terminal terminal;
  private final List<ContextMeasurement> measured = new ArrayList<>();
  private boolean cancelled;

  ContextReport(
      String name,
      LanguageModel model,
      List<DocumentArguments.Document> documents,
      Targets targets,
      ContextSpec spec,
      ArmArguments arms,
      ContextOutput output,
      Terminal terminal) {
    this.name = name;
    this.model = model;
    this.documents = documents;
    this.targets = targets;
    this.spec = spec;
    this.pretrainLength = arms.pretrainLength(model.config());
    this.output = output;
    this.terminal = terminal;
  }

  /**
   * Runs it; the results are in the folder after every measurement.
   *
   * @return whether it was cancelled
   */
  boolean run(RunArguments run) throws IOException {
    int left = documents.size() - targets.used().size();
    if (left > 0) {
      terminal.note(
          "%d of %d documents are left out: expected at least %d tokens"
              .formatted(
                  left,
                  documents.size(),
                  targets.longest() + targets.local() + targets.length() + 1));
    }
    int expected =
        spec.arms().size()
            * spec.contexts().size()
            * spec.controls().size()
            * targets.places().size();
    try (ProgressLine progress = run.progress(terminal)) {
      ContextExperiment.run(
          model.decoder(), targets, spec, this::take, progress, terminal.cancellation());
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause());
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitStatus.FAILURE, String.valueOf(e.getMessage()), e);
    }
    cancelled = measured.size() < expected;
    write();
    return cancelled;
  }

  /** Says that not everything was measured. */
  int interrupted() {
    terminal.note(
        "interrupted after %d measurements; the means stand on the documents that were read"
            .formatted(measured.size()));
    return ExitStatus.INTERRUPTED;
  }

  private void take(ContextMeasurement measurement) {
    measured.add(measurement);
    try {
      write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write() throws IOException {
    Path folder = output.folder();
    if (folder == null) {
      return;
    }
    String file = name.replace('-', '_');
    try (JsonFile json =
        JsonFile.begin("--out", folder.resolve(file + ".json"), model.path(), null)) {
      write(json.generator());
      json.commit();
    }
    ContextCsv.write(folder.resolve(file + ".csv"), ContextPoint.of(measured));
  }

  /** Writes the figures and returns the folder's files. */
  List<Path> figures(int pretrain) throws IOException {
    Path folder = output.folder();
    if (folder == null) {
      return List.of();
    }
    FigureFiles files = FigureFiles.into(folder);
    List<ContextPoint> points = ContextPoint.of(measured);
    String file = name.replace('-', '_');
    if (spec.controls().size() > 1) {
      files.figure("nll_by_control", ContextFigures.controls(points));
    } else {
      int beside = targets.local() + targets.length();
      List<Marker> markers = List.of(Marker.pretrainLength(pretrain));
      files.figure("nll_by_context", ContextFigures.nll(points, beside, markers));
      files.figure("cost_by_context", ContextFigures.cost(points, beside));
    }
    files.noteMissing(terminal);
    List<Path> all = new ArrayList<>();
    all.add(folder.resolve(file + ".json"));
    all.add(folder.resolve(file + ".csv"));
    all.addAll(files.written());
    return all;
  }

  /** Prints the results. */
  void print() {
    if (output.json()) {
      try (JsonGenerator json = JsonFile.onto(terminal.out())) {
        write(json);
        json.writeRaw('\n');
      }
      return;
    }
    PrintWriter out = terminal.out();
    out.printf(
        Locale.ROOT,
        "%d targets after %d local tokens, %d per document, in %d document%s%n",
        targets.length(),
        targets.local(),
        targets.places().size() / targets.used().size(),
        targets.used().size(),
        targets.used().size() == 1 ? "" : "s");
    boolean controls = spec.controls().size() > 1;
    List<ContextPoint> points = ContextPoint.of(measured);
    Arm arm = null;
    for (ContextPoint p : points) {
      if (!p.arm().equals(arm)) {
        arm = p.arm();
        out.println();
        out.println(arm);
        out.println(controls ? CONTROLS_HEADING : SCALING_HEADING);
      }
      out.println(controls ? controlRow(p) : scalingRow(p));
    }
    out.flush();
  }

  private static String scalingRow(ContextPoint p) {
    return String.format(
            Locale.ROOT,
            "%,10d   %-18s   %-18s %8.2f  %12s %,10.2f",
            p.context(),
            text(p.nll(), false),
            text(p.change(), true),
            p.readSeconds(),
            Double.isNaN(p.decodeTokensPerSecond())
                ? "-"
                : String.format(Locale.ROOT, "%.1f", p.decodeTokensPerSecond()),
            p.bytes() / MIB)
        .stripTrailing();
  }

  private static String controlRow(ContextPoint p) {
    return String.format(
            Locale.ROOT,
            "  %-14s %,8d   %-18s   %s",
            p.control().id(),
            p.control() == ContextControl.NONE ? 0 : p.context(),
            text(p.nll(), false),
            text(p.change(), true))
        .stripTrailing();
  }

  private static String text(Interval interval, boolean signed) {
    String mean = String.format(Locale.ROOT, signed ? "%+.4f" : "%.4f", interval.mean());
    return Double.isNaN(interval.half())
        ? mean
        : mean + String.format(Locale.ROOT, " ± %.4f", interval.half());
  }

  private void write(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("experiment", name);
    json.writeStringProperty("model", model.name());
    json.writeStringProperty("version", VersionProvider.version());
    json.writeStringProperty("kernels", model.kernels().description());
    json.writeNumberProperty("threads", model.threads());
    json.writeNumberProperty("pretrainLength", pretrainLength);
    json.writeNumberProperty("targets", targets.length());
    json.writeNumberProperty("local", targets.local());
    json.writeNumberProperty("seed", spec.seed());
    json.writeArrayPropertyStart("documents");
    for (DocumentArguments.Document document : documents) {
      json.writeStartObject();
      json.writeStringProperty("file", document.file().toString());
      json.writeNumberProperty("part", document.part());
      json.writeNumberProperty("tokens", document.tokens().length);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("points");
    for (ContextPoint p : ContextPoint.of(measured)) {
      json.writeStartObject();
      json.writeStringProperty("arm", p.arm().toString());
      json.writeNumberProperty("context", p.context());
      json.writeStringProperty("control", p.control().id());
      interval(json, "nll", p.nll());
      interval(json, "change", p.change());
      number(json, "readSeconds", p.readSeconds());
      number(json, "decodeTokensPerSecond", p.decodeTokensPerSecond());
      json.writeNumberProperty("bytes", p.bytes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("measurements");
    for (ContextMeasurement m : measured) {
      json.writeStartObject();
      json.writeStringProperty("arm", m.arm().toString());
      json.writeNumberProperty("context", m.context());
      json.writeStringProperty("control", m.control().id());
      json.writeNumberProperty("document", m.document());
      json.writeNumberProperty("start", m.start());
      number(json, "nll", m.nll());
      number(json, "readSeconds", m.readSeconds());
      json.writeNumberProperty("decoded", m.decoded());
      number(json, "decodeSeconds", m.decodeSeconds());
      json.writeNumberProperty("bytes", m.bytes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeBooleanProperty("cancelled", cancelled);
    json.writeEndObject();
  }

  private static void interval(JsonGenerator json, String key, Interval interval) {
    json.writeObjectPropertyStart(key);
    number(json, "mean", interval.mean());
    number(json, "half", interval.half());
    json.writeNumberProperty("documents", interval.count());
    json.writeEndObject();
  }

  /** JSON has no NaN. */
  static void number(JsonGenerator json, String key, double value) {
    if (!Double.isFinite(value)) {
      json.writeNullProperty(key);
    } else {
      json.writeNumberProperty(key, value);
    }
  }
}
