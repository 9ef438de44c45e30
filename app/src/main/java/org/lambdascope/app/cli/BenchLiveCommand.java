package org.lambdascope.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.workbench.LiveBench;
import org.lambdascope.app.workbench.LiveTimes;
import org.lambdascope.engine.experiment.ArmKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;

/** Times how fast the window follows a setting. */
@Command(
    name = "live",
    description = "Measure how fast the window's charts follow when a setting of an arm moves.",
    sortOptions = false,
    footer = {
      "",
      "Runs the window's own view-models without a display. Moves n_global, n_local, the ceiling",
      "and top-k of lm-infinite, and the sinks and recent keys of streaming-llm, to and fro. partial",
      "is the time until the charts first show a score of the new setting, complete until they show",
      "the curve and the three diagnostics of the whole text; drawing is not in it. reused: positions",
      "that need not be read anew because both settings read them alike.",
      "",
      "Example:",
      "  lambdascope bench live --length 4096 --repetitions 9"
    })
final class BenchLiveCommand implements Callable<Integer> {

  private static final List<ArmKind> KINDS = List.of(ArmKind.LM_INFINITE, ArmKind.STREAMING_LLM);
  private static final int MOST_TOKENS = 1 << 24;
  private static final double MILLIS = 1e3;

  private final Terminal terminal;
  private final Samples samples;

  @Mixin private ModelArguments model;

  @Option(
      names = "--text",
      paramLabel = "FILE",
      description = {
        "The text, in UTF-8, or the name of a bundled document;",
        "welcome, which is bundled, by default."
      })
  private @Nullable Path text;

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Tokens to read (default: ${DEFAULT-VALUE}).")
  private int length = 4096;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      description = "Timed moves of each setting (default: ${DEFAULT-VALUE}).")
  private int repetitions = 5;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  BenchLiveCommand(Terminal terminal, Samples samples) {
    this.terminal = terminal;
    this.samples = samples;
    model = new ModelArguments(samples);
  }

  @Override
  public Integer call() throws IOException {
    model.check();
    ModelArguments.between("--length", length, 2, MOST_TOKENS);
    ModelArguments.between("--repetitions", repetitions, 1, 1000);
    Path path = model.requirePath();
    Path file = text == null ? TextArguments.welcome("--text", samples) : samples.documentOr(text);
    List<LiveTimes> times = new ArrayList<>();
    try (LiveBench bench = new LiveBench(p -> model.open(), terminal.cancellation())) {
      int tokens = bench.open(path, file, length);
      if (tokens < length) {
        terminal.note(
            "%s: the text has %d tokens, fewer than --length %d; using all of them"
                .formatted(file, tokens, length));
      }
      if (!json) {
        heading(tokens);
      }
      for (ArmKind kind : KINDS) {
        bench.measure(
            kind,
            tokens,
            repetitions,
            one -> {
              times.add(one);
              if (!json) {
                row(name(one), String.format(Locale.ROOT, "%,7d", one.reused()), List.of(one));
              }
            });
      }
      if (json) {
        write(terminal.out(), tokens, times);
      } else {
        row("all", "", times);
      }
    } catch (LiveBench.ReportedException e) {
      throw new CliException(ExitStatus.FAILURE, String.valueOf(e.getMessage()), e);
    } catch (CancellationException e) {
      return ExitStatus.INTERRUPTED;
    } finally {
      terminal.out().flush();
    }
    return ExitStatus.OK;
  }

  private static String name(LiveTimes one) {
    return "%s %s %d, %d"
        .formatted(
            one.arm().kind().id(),
            one.setting().key(),
            one.setting().rest(),
            one.setting().moved());
  }

  private void heading(int tokens) {
    terminal
        .out()
        .println(
            "%s, %,d tokens, %d threads; milliseconds: median, fastest, slowest"
                .formatted(model.name(), tokens, model.threads()));
    terminal
        .out()
        .println("setting                            reused        partial             complete");
  }

  private void row(String name, String reused, List<LiveTimes> times) {
    double[] partial = all(times, LiveTimes::partialSeconds);
    double[] complete = all(times, LiveTimes::completeSeconds);
    terminal
        .out()
        .println(
            String.format(
                Locale.ROOT, "%-34s %7s %s %s", name, reused, millis(partial), millis(complete)));
    terminal.out().flush();
  }

  private static double[] all(List<LiveTimes> times, Function<LiveTimes, double[]> part) {
    return times.stream().map(part).flatMapToDouble(Arrays::stream).toArray();
  }

  private static String millis(double[] seconds) {
    return String.format(
        Locale.ROOT,
        "%,7.0f %,5.0f %,6.0f",
        MILLIS * LiveTimes.median(seconds),
        MILLIS * Arrays.stream(seconds).min().orElse(Double.NaN),
        MILLIS * Arrays.stream(seconds).max().orElse(Double.NaN));
  }

  private void write(PrintWriter onto, int tokens, List<LiveTimes> times) {
    try (JsonGenerator out = JsonFile.onto(onto)) {
      out.writeStartObject();
      out.writeStringProperty("model", model.name());
      out.writeNumberProperty("tokens", tokens);
      out.writeNumberProperty("threads", model.threads());
      writeMedian(out, "medianPartialSeconds", times, LiveTimes::partialSeconds);
      writeMedian(out, "medianCompleteSeconds", times, LiveTimes::completeSeconds);
      out.writeArrayPropertyStart("settings");
      for (LiveTimes one : times) {
        out.writeStartObject();
        out.writeStringProperty("arm", one.arm().toString());
        out.writeStringProperty("key", one.setting().key());
        out.writeNumberProperty("rest", one.setting().rest());
        out.writeNumberProperty("moved", one.setting().moved());
        out.writeNumberProperty("reusedPositions", one.reused());
        writeMedian(out, "medianPartialSeconds", List.of(one), LiveTimes::partialSeconds);
        writeMedian(out, "medianCompleteSeconds", List.of(one), LiveTimes::completeSeconds);
        write(out, "partialSeconds", one.partialSeconds());
        write(out, "completeSeconds", one.completeSeconds());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
      out.writeRaw('\n');
    }
  }

  private static void writeMedian(
      JsonGenerator out, String name, List<LiveTimes> times, Function<LiveTimes, double[]> part) {
    out.writeNumberProperty(name, LiveTimes.median(all(times, part)));
  }

  private static void write(JsonGenerator out, String name, double[] values) {
    out.writeArrayPropertyStart(name);
    for (double value : values) {
      out.writeNumber(value);
    }
    out.writeEndArray();
  }
}
