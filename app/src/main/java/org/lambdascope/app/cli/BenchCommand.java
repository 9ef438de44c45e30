package org.lambdascope.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.cli.ConvertCommand.StoredType;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.bench.Bench;
import org.lambdascope.engine.experiment.bench.MachineLimits;
import org.lambdascope.engine.experiment.bench.Speed;
import org.lambdascope.engine.experiment.context.RandomCheckpoint.Shape;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.model.LoadedDecoder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Times reading and decoding, beside what the machine allows. */
@Command(
    name = "bench",
    description = "Measure how fast a model reads and decodes, beside the machine's limits.",
    sortOptions = false,
    footer = {
      "",
      "Random ids. Arms take turns; the median, the slowest and the fastest repetition are",
      "shown, and the median as a share of what the limit allows: multiply-adds per second",
      "(prefill, mostly) or bytes per second (decode), both measured in the same run.",
      "Reading up to a depth is timed once. For other programs, --keep keeps a random model.",
      "",
      "Examples:",
      "  lambdascope bench",
      "  lambdascope bench --shape llama-110m --dtype q8_0 --depth 0,8192",
      "  lambdascope bench --prefill 4096 --probes --arm lm-infinite",
      "  lambdascope bench --shape llama-1.1b --dtype q8_0 --prefill 0 --together 3",
      "  lambdascope bench --shape llama-110m --depth 4096,32768 --assume-from 8192 --arm vanilla \\",
      "    --arm lm-infinite:local=2048,ceiling=2048"
    })
final class BenchCommand implements Callable<Integer> {

  private static final double MIB = 1 << 20;
  private static final double GIGA = 1e9;
  private static final int MOST_TOKENS = 1 << 24;

  private final Terminal terminal;

  @Mixin private ModelArguments model;

  @Mixin private ShapeArguments shape = new ShapeArguments();

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      description =
          "What a random model's matrices are stored in: ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE}).")
  private StoredType dtype = StoredType.BF16;

  @Option(
      names = "--keep",
      paramLabel = "FILE",
      description = "Keep the random model as this GGUF file, which must not exist.")
  private @Nullable Path keep;

  @Option(
      names = "--prefill",
      paramLabel = "N",
      description = "Tokens to read; 0 for none (default: ${DEFAULT-VALUE}).")
  private int prefill = 512;

  @Option(
      names = "--probes",
      description = "Also read with the diagnostics captured, and say what that costs.")
  private boolean probes;

  @Option(
      names = "--depth",
      split = ",",
      paramLabel = "N",
      description = "Tokens that stand before those that are decoded (default: 0).")
  private List<Integer> depths = new ArrayList<>(List.of(0));

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Tokens that are decoded per repetition (default: ${DEFAULT-VALUE}).")
  private int steps = 32;

  @Option(
      names = "--together",
      paramLabel = "N",
      description =
          "Also decode N texts of each arm, a token of each in one pass, and say how many tokens"
              + " that gives for one of a text alone (2 to "
              + Kernels.TOGETHER
              + ").")
  private @Nullable Integer together;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      description = "How often (default: ${DEFAULT-VALUE}).")
  private int repetitions = 5;

  @Option(
      names = "--assume-from",
      paramLabel = "N",
      description =
          "From this depth on, make up the keys and values of arms that keep all, instead of"
              + " reading in quadratic time (default: read always).")
  private int assumeFrom = Integer.MAX_VALUE;

  @Mixin private ArmArguments arms = new ArmArguments();

  @Mixin private CacheArguments cache = new CacheArguments();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private RunArguments run = new RunArguments();

  private @Nullable Speed before;

  BenchCommand(Terminal terminal, Samples samples) {
    this.terminal = terminal;
    model = new ModelArguments(samples);
  }

  @Override
  public Integer call() throws IOException {
    model.check();
    arms.check();
    run.check();
    ModelArguments.between("--prefill", prefill, 0, MOST_TOKENS);
    depths.forEach(n -> ModelArguments.between("--depth", n, 0, MOST_TOKENS));
    ModelArguments.between("--steps", steps, 1, 1 << 16);
    if (together != null) {
      ModelArguments.between("--together", together, 2, Kernels.TOGETHER);
    }
    ModelArguments.between("--repetitions", repetitions, 1, 1000);
    ModelArguments.between("--assume-from", assumeFrom, 1, Integer.MAX_VALUE);
    Optional<Shape> known = shape.shape(model);
    if (known.isEmpty()) {
      if (keep != null) {
        throw CliException.usage("--keep: expected --shape beside it, found none");
      }
      model.requirePath();
      try (LoadedDecoder opened = model.openDecoder()) {
        return measure(opened);
      }
    }
    requireFree(keep);
    try (ProgressLine progress = run.progress(terminal);
        RandomModel random =
            RandomModel.of(
                known.get().withoutEncoder(),
                dtype.dtype(),
                model.threads(),
                progress,
                terminal.cancellation())) {
      progress.clear();
      if (keep != null) {
        Files.copy(random.path(), keep);
      }
      try (LoadedDecoder opened = model.openDecoder(random.path())) {
        return measure(opened);
      }
    }
  }

  private static void requireFree(@Nullable Path file) {
    if (file != null && Files.exists(file)) {
      throw CliException.failure(
          "--keep %s: expected a file that does not exist yet, found one".formatted(file));
    }
  }

  private int measure(LoadedDecoder loaded) throws IOException {
    LoadedDecoder opened = cache.applyTo(loaded);
    List<Arm> resolved = arms.resolve(opened.decoder().config());
    Bench.Spec spec =
        new Bench.Spec(
            resolved,
            prefill,
            probes,
            depths,
            steps,
            together == null ? 1 : together,
            repetitions,
            run.chunk(Integer.MAX_VALUE),
            assumeFrom);
    MachineLimits limits = MachineLimits.measure(opened.kernels(), opened.team(), repetitions);
    if (!json) {
      heading(opened, limits);
    }
    List<Speed> speeds;
    try (ProgressLine progress = run.progress(terminal)) {
      speeds =
          Bench.run(
              opened.decoder(),
              cache.type(),
              spec,
              limits,
              speed -> {
                if (!json) {
                  progress.clear();
                  terminal.out().println(row(speed));
                  beside(speed).ifPresent(terminal.out()::println);
                  terminal.out().flush();
                }
              },
              progress,
              terminal.cancellation());
    }
    if (json) {
      BenchJson.write(terminal.out(), opened, cache.type(), limits, speeds);
    }
    terminal.out().flush();
    return terminal.cancellation().cancelled() ? ExitStatus.INTERRUPTED : ExitStatus.OK;
  }

  private void heading(LoadedDecoder opened, MachineLimits limits) {
    terminal
        .out()
        .println(
            String.format(
                Locale.ROOT,
                "%,d parameters (%s), cache %s, %d threads, %s",
                opened.decoder().parameters(),
                opened.decoder().dtypes(),
                cache.type().id(),
                opened.team().size(),
                opened.kernels().description()));
    terminal
        .out()
        .println(
            String.format(
                Locale.ROOT,
                "limits: %.0f GFLOP/s of float32 multiply-adds, %.1f GB/s read from memory",
                2 * limits.multiplyAddsPerSecond() / GIGA,
                limits.bytesPerSecond() / GIGA));
    terminal.out().println();
    terminal
        .out()
        .println(
            "task                 tokens/s    slowest    fastest  of limit        cache MiB  garbage B  arm");
    terminal.out().flush();
  }

  /** What the diagnostics cost, or company gains, beside the speed before. */
  private Optional<String> beside(Speed speed) {
    Speed other = before;
    before = speed;
    if (other == null || !other.arm().equals(speed.arm())) {
      return Optional.empty();
    }
    return switch (speed.task()) {
      case PROBED -> times(other.median() / speed.median(), "the time without diagnostics");
      case TOGETHER -> times(speed.median() / other.median(), "the tokens of a text alone");
      case PREFILL, DECODE -> Optional.empty();
    };
  }

  private static Optional<String> times(double ratio, String what) {
    return Optional.of(String.format(Locale.ROOT, "%28.2f × %s", ratio, what));
  }

  private static String row(Speed s) {
    return String.format(
        Locale.ROOT,
        "%-8s %,9d %,10.1f %,10.1f %,10.1f %8.0f%% %-9s %,6.0f %,10.0f  %s",
        s.task().name().toLowerCase(Locale.ROOT),
        s.tokens(),
        s.median(),
        s.slowest(),
        s.fastest(),
        100 * s.share(),
        s.boundBy().name().toLowerCase(Locale.ROOT),
        s.cacheBytes() / MIB,
        s.garbageBytes(),
        s.arm());
  }
}
