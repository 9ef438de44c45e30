package org.lambdascope.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.figure.ContextCsv;
import org.lambdascope.app.figure.ContextFigures;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.engine.experiment.context.ContextCost;
import org.lambdascope.engine.experiment.context.ContextCost.Point;
import org.lambdascope.engine.experiment.context.ContextCost.Way;
import org.lambdascope.engine.experiment.context.RandomCheckpoint.Shape;
import org.lambdascope.engine.model.ContextDecoder;
import org.lambdascope.engine.model.LoadedDecoder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures what a long context costs, in a window and through an encoder. */
@Command(
    name = "context-cost",
    description = "Measure memory and decoding speed by the length of the context.",
    sortOptions = false,
    footer = {
      "",
      "Random ids are read by vanilla, with all of them in its window, and by cepe,",
      "with all of them in the encoder, once with the encoder's states alone",
      "(absorbed) and once with keys and values of every layer (materialised).",
      "'read s' is the time until the first token; MiB are the key/value cache and",
      "the encoded context; heap is by how much the heap has grown, after a collection.",
      "vanilla reads in quadratic time: 131072 tokens take long. With --assume-from its keys",
      "and values are made up from that length on, for memory and decoding alone.",
      "",
      "Examples:",
      "  lambdascope context-cost models/cepe --lengths 4096,16384,65536",
      "  lambdascope context-cost --shape llama-110m --lengths 8192,131072 --out cost"
    })
final class ContextCostCommand implements Callable<Integer> {

  private static final double MIB = 1 << 20;
  private static final String HEADING =
      "way                   context     read s  read tok/s  decode tok/s        MiB   heap MiB";

  private final Terminal terminal;

  @Mixin private ModelArguments model;

  @Mixin private ShapeArguments shape = new ShapeArguments();

  @Option(
      names = "--lengths",
      split = ",",
      paramLabel = "N",
      description = "Tokens of context, at most 2^24 (default: 1024,4096,16384).")
  private List<Integer> lengths = new ArrayList<>(List.of(1024, 4096, 16_384));

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Tokens that are decoded one by one (default: ${DEFAULT-VALUE}).")
  private int steps = 16;

  @Option(
      names = "--encoder-chunk",
      paramLabel = "N",
      description = "Tokens per chunk of the encoder (default: ${DEFAULT-VALUE}).")
  private int encoderChunk = 256;

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "Positions of the decoder beside the encoder (default: ${DEFAULT-VALUE}).")
  private int window = 256;

  @Option(
      names = "--assume-from",
      paramLabel = "N",
      description = "Make up vanilla's keys and values from this length on (default: never).")
  private int assumeFrom = Integer.MAX_VALUE;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write context_cost as CSV, SVG, PNG and PDF into this folder.")
  private @Nullable Path out;

  @Mixin private RunArguments run = new RunArguments();

  ContextCostCommand(Terminal terminal, Samples samples) {
    this.terminal = terminal;
    model = new ModelArguments(samples);
  }

  @Override
  public Integer call() throws IOException {
    model.check();
    run.check();
    lengths.forEach(n -> ModelArguments.between("--lengths", n, 1, 1 << 24));
    ModelArguments.atLeast("--steps", steps, 1);
    ModelArguments.atLeast("--encoder-chunk", encoderChunk, 1);
    ModelArguments.atLeast("--window", window, steps + 1L);
    if (out != null) {
      FigureFiles.into(out);
    }
    Optional<Shape> known = shape.shape(model);
    if (known.isEmpty()) {
      model.requirePath();
      try (LoadedDecoder opened = model.openDecoder()) {
        return measure(opened);
      }
    }
    try (ProgressLine progress = run.progress(terminal);
        RandomModel random =
            RandomModel.of(known.get(), null, model.threads(), progress, terminal.cancellation());
        LoadedDecoder opened = model.openDecoder(random.path())) {
      return measure(opened);
    }
  }

  private int measure(LoadedDecoder opened) throws IOException {
    List<Way> ways =
        opened.decoder() instanceof ContextDecoder ? List.of(Way.values()) : List.of(Way.VANILLA);
    ContextCost.Spec spec =
        new ContextCost.Spec(
            ways, lengths, steps, encoderChunk, window, run.chunk(Integer.MAX_VALUE), assumeFrom);
    terminal.out().println(HEADING);
    terminal.out().flush();
    List<Point> points;
    try (ProgressLine progress = run.progress(terminal)) {
      points =
          ContextCost.measure(
              opened.decoder(),
              spec,
              point -> {
                progress.clear();
                terminal.out().println(row(point));
                terminal.out().flush();
              },
              progress,
              terminal.cancellation());
    }
    for (Way way : ways) {
      if (way != Way.VANILLA) {
        compare(points, way);
      }
    }
    Path folder = out;
    if (folder != null && !points.isEmpty()) {
      ContextCsv.cost(folder.resolve("context_cost.csv"), points);
      FigureFiles files = FigureFiles.into(folder);
      files.figure("context_cost", ContextFigures.cost(points));
      terminal.out().println(folder.resolve("context_cost.csv"));
      files.written().forEach(terminal.out()::println);
    }
    terminal.out().flush();
    return points.size() < ways.size() * spec.lengths().size()
        ? ExitStatus.INTERRUPTED
        : ExitStatus.OK;
  }

  private static String row(Point p) {
    return String.format(
        Locale.ROOT,
        "%-18s %,10d %10s %11s %,13.2f %,10.2f %,10.2f",
        p.way().title(),
        p.length(),
        text("%,.2f", p.readSeconds()),
        text("%,.0f", p.length() / p.readSeconds()),
        p.decodeTokensPerSecond(),
        p.bytes() / MIB,
        p.heapBytes() / MIB);
  }

  private static String text(String format, double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
  }

  /** Says how a way compares with vanilla, length by length, and where it becomes better. */
  private void compare(List<Point> points, Way way) {
    List<Point> others = points.stream().filter(p -> p.way() == way).toList();
    List<Point> vanilla =
        points.stream().filter(p -> p.way() == Way.VANILLA).limit(others.size()).toList();
    int n = vanilla.size();
    if (n == 0) {
      return;
    }
    double[] speed = new double[n];
    double[] reading = new double[n];
    double[] memory = new double[n];
    for (int i = 0; i < n; i++) {
      Point v = vanilla.get(i);
      Point p = others.get(i);
      speed[i] = p.decodeTokensPerSecond() / v.decodeTokensPerSecond();
      reading[i] = v.readSeconds() / p.readSeconds();
      memory[i] = (double) v.bytes() / p.bytes();
    }
    terminal.out().println();
    terminal.out().println(way.title() + " against vanilla");
    line("decoding speed", speed);
    line("reading speed", reading);
    line("less memory", memory);
  }

  private void line(String what, double[] ratios) {
    StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "  %-16s", what));
    List<Integer> sorted = lengths.stream().sorted().distinct().toList();
    int from = 0;
    for (; from < ratios.length && !Double.isNaN(ratios[from]); from++) {
      text.append(String.format(Locale.ROOT, "  %,d: %.2f×", sorted.get(from), ratios[from]));
    }
    int known = from;
    if (known == 0) {
      return; // nothing was read
    }
    while (from > 0 && ratios[from - 1] > 1) {
      from--;
    }
    if (from == known) {
      text.append("; vanilla is better");
    } else if (from == 0) {
      text.append("; better at all lengths");
    } else {
      text.append(
          String.format(
              Locale.ROOT,
              "; better from about %,d",
              crossing(sorted.get(from - 1), ratios[from - 1], sorted.get(from), ratios[from])));
    }
    terminal.out().println(text);
  }

  /** Where the ratio is 1 on the line between two points, both axes logarithmic. */
  private static long crossing(int before, double ratioBefore, int after, double ratioAfter) {
    double share = -Math.log(ratioBefore) / (Math.log(ratioAfter) - Math.log(ratioBefore));
    return Math.round(before * Math.pow((double) after / before, share));
  }
}
