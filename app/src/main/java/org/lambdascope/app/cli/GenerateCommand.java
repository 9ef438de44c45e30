package org.lambdascope.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmSessions;
import org.lambdascope.engine.experiment.ContextOptions;
import org.lambdascope.engine.generation.GenerationOptions;
import org.lambdascope.engine.generation.GenerationResult;
import org.lambdascope.engine.generation.GenerationResult.StopReason;
import org.lambdascope.engine.generation.Generator;
import org.lambdascope.engine.generation.SamplingOptions;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.LanguageModel;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.tokenizer.Tokenizer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;

/** Continues a prompt under several arms. */
@Command(
    name = "generate",
    description = "Continue a prompt; the text streams out as it is written.",
    sortOptions = false,
    footer = {
      "",
      "Only the new text is printed; several arms follow one another under headings. Where",
      "memory allows they are written side by side, which reads the weights once for all and",
      "changes nothing in the texts.",
      "An empty --prompt starts from BOS, where the model has one.",
      "",
      "Examples:",
      "  lambdascope generate models/llama --prompt \"Once upon a time\" \\",
      "      --max-new-tokens 200 --greedy",
      "  lambdascope generate model.gguf --prompt-file book.txt \\",
      "      --arm vanilla --arm lm-infinite --max-new-tokens 500 \\",
      "      --temperature 0.7 --top-p 0.9 --seed 1 --json out.json"
    })
final class GenerateCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Samples samples;

  @Mixin private ModelArguments model;

  @ArgGroup(multiplicity = "0..1")
  private @Nullable Source source;

  @Mixin private ArmArguments arms = new ArmArguments();
  @Mixin private CacheArguments cache = new CacheArguments();
  @Mixin private ContextArguments context = new ContextArguments();

  @Option(
      names = "--context-file",
      arity = "1..*",
      paramLabel = "F",
      description = {
        "Files in UTF-8 that hold passages for cepe and replug: they take the place",
        "of the text before the decoder's window."
      })
  private List<Path> contextFiles = new ArrayList<>();

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Use the first N tokens of the prompt, BOS counted; all by default.")
  private @Nullable Integer length;

  @Option(
      names = "--max-new-tokens",
      paramLabel = "N",
      description = "The most tokens to write (default: ${DEFAULT-VALUE}).")
  private int maxNewTokens = 128;

  @Mixin private SamplingArguments sampling = new SamplingArguments();

  @Option(
      names = "--stop",
      paramLabel = "S",
      description = "End before this text; may be given several times.")
  private List<String> stops = new ArrayList<>();

  @Option(names = "--ignore-eos", description = "Go on where the model would end the text.")
  private boolean ignoreEos;

  @Option(
      names = "--no-bos",
      description = "Do not put BOS in front, even where the model's configuration does.")
  private boolean noBos;

  @Option(names = "--json", paramLabel = "OUT", description = "Write ids and text to this file.")
  private @Nullable Path out;

  @Mixin private RunArguments run = new RunArguments();

  /** A prompt, or a file that holds it. */
  static final class Source {
    @Option(names = "--prompt", paramLabel = "S", required = true, description = "The prompt.")
    private @Nullable String text;

    @Option(
        names = "--prompt-file",
        paramLabel = "F",
        required = true,
        description = "A file that holds the prompt, in UTF-8, or a bundled document's name.")
    private @Nullable Path file;

    String written() {
      return Objects.requireNonNull(text);
    }
  }

  GenerateCommand(Terminal terminal, Samples samples) {
    this.terminal = terminal;
    this.samples = samples;
    model = new ModelArguments(samples);
  }

  @Override
  public Integer call() throws IOException {
    model.check();
    arms.check();
    run.check();
    ModelArguments.atLeast("--max-new-tokens", maxNewTokens, 1);
    if (length != null) {
      ModelArguments.atLeast("--length", length, 1);
    }
    if (stops.contains("")) {
      throw CliException.usage("--stop: expected a text, found an empty one");
    }
    GenerationOptions generation =
        new GenerationOptions(
            maxNewTokens, sampling.options(), stops, !ignoreEos, run.chunk(Integer.MAX_VALUE));
    @Nullable Path file = promptFile();
    StandIns.note(
        terminal, model.standIn(), source == null ? Optional.ofNullable(file) : Optional.empty());
    String text = file == null ? Objects.requireNonNull(source).written() : TextFiles.read(file);
    List<String> passages = new ArrayList<>();
    for (Path passage : contextFiles) {
      passages.add(TextFiles.read(passage));
    }
    try (JsonFile json = out == null ? null : JsonFile.begin("--json", out, model.path(), file);
        LanguageModel opened = cache.applyTo(model.open())) {
      List<Arm> resolved = arms.resolve(opened.config());
      ContextArguments.check(opened.decoder(), resolved);
      ContextOptions options =
          context.options(passages.stream().map(p -> opened.tokenizer().encode(p, false)).toList());
      int[] prompt = prompt(opened.tokenizer(), text);
      if (json != null) {
        begin(json, opened, prompt, generation);
      }
      boolean cancelled = false;
      SideBySide output = new SideBySide(terminal, resolved);
      for (List<Arm> some : together(opened.decoder(), resolved, prompt.length)) {
        if (cancelled) {
          break;
        }
        List<GenerationResult> results;
        try {
          results = generate(opened, some, prompt, generation, options, output);
        } catch (IllegalArgumentException e) {
          throw brokenOutput(opened, e);
        }
        for (int i = 0; i < results.size(); i++) {
          if (json != null) {
            write(json, some.get(i), results.get(i));
          }
          cancelled |= results.get(i).stop() == StopReason.CANCELLED;
        }
      }
      if (json != null) {
        json.generator().writeEndArray();
        json.generator().writeBooleanProperty("cancelled", cancelled);
        json.generator().writeEndObject();
        json.commit();
      }
      return cancelled ? ExitStatus.INTERRUPTED : ExitStatus.OK;
    }
  }

  /** The file that holds the prompt: the bundled text where nothing is named; null for none. */
  private @Nullable Path promptFile() {
    if (source == null) {
      return TextArguments.welcome("--prompt or --prompt-file", samples);
    }
    return source.file == null ? null : samples.documentOr(source.file);
  }

  /** The sampler's refusal of logits that are not numbers is about the model, not the program. */
  private static RuntimeException brokenOutput(LanguageModel opened, IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith("logits:")
        ? new CliException(ExitStatus.FAILURE, opened.path() + ": " + message, e)
        : e;
  }

  private int[] prompt(Tokenizer tokenizer, String text) {
    boolean bos = !noBos && tokenizer.addsBosByDefault();
    if (text.isEmpty() && tokenizer.bosId().isPresent() && !noBos) {
      return new int[] {tokenizer.bosId().getAsInt()};
    }
    int[] ids = tokenizer.encode(text, bos);
    if (ids.length == 0) {
      throw CliException.failure("--prompt: the prompt is empty, and the model has no BOS");
    }
    if (length != null && length > ids.length) {
      terminal.note(
          "the prompt has %d tokens, fewer than --length %d; using all of them"
              .formatted(ids.length, length));
    }
    return length == null ? ids : Arrays.copyOf(ids, Math.min(length, ids.length));
  }

  /** All arms at once, or each by itself where memory would not hold the caches of all. */
  private List<List<Arm>> together(Decoder decoder, List<Arm> arms, int promptLength) {
    int chunk = run.chunk(promptLength);
    long bytes =
        arms.stream()
            .mapToLong(
                arm ->
                    ArmSessions.predictedCacheBytes(
                        decoder, arm, chunk, (long) promptLength + maxNewTokens))
            .sum();
    Runtime runtime = Runtime.getRuntime();
    long free = runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
    return bytes < free / 2 ? List.of(arms) : arms.stream().map(List::of).toList();
  }

  private List<GenerationResult> generate(
      LanguageModel opened,
      List<Arm> some,
      int[] prompt,
      GenerationOptions generation,
      ContextOptions options,
      SideBySide output) {
    int chunk = run.chunk(prompt.length);
    if (options.passages().isEmpty()) {
      for (Arm arm : some) {
        ContextArguments.announce(terminal, opened.decoder(), arm, chunk, prompt.length);
      }
    }
    try (ProgressLine progress = run.progress(terminal)) {
      List<Generator.Text> texts = new ArrayList<>();
      for (Arm arm : some) {
        texts.add(
            new Generator.Text(
                ArmSessions.start(opened.decoder(), arm, chunk, Probe.NONE, options),
                prompt,
                output.column(arm, progress)));
      }
      List<GenerationResult> results =
          Generator.generate(
              texts,
              opened.tokenizer(),
              generation,
              opened.kernels(),
              () -> terminal.cancellation().cancelled() || terminal.out().checkError());
      output.finish(results);
      if (terminal.interactive()) {
        for (int i = 0; i < results.size(); i++) {
          note(some.get(i), results.get(i), prompt.length);
        }
      }
      return results;
    }
  }

  private void note(Arm arm, GenerationResult result, int promptLength) {
    terminal.note(
        String.format(
            Locale.ROOT,
            "[%s: %s; %d tokens, %.1f tokens/s; prompt %d tokens, %.1f tokens/s; cache %.2f MiB]",
            arm,
            name(result.stop()),
            result.ids().length,
            result.ids().length / Math.max(1e-9, result.generationSeconds()),
            promptLength,
            promptLength / Math.max(1e-9, result.promptSeconds()),
            result.cacheBytes() / (double) (1 << 20)));
  }

  private void begin(JsonFile file, LanguageModel opened, int[] prompt, GenerationOptions options) {
    JsonGenerator json = file.generator();
    SamplingOptions s = options.sampling();
    json.writeStartObject();
    json.writeStringProperty("model", opened.name());
    json.writeStringProperty("version", VersionProvider.version());
    json.writeStringProperty("kernels", opened.kernels().description());
    json.writeStringProperty("cache", cache.type().id());
    json.writeObjectPropertyStart("sampling");
    json.writeNumberProperty("temperature", s.temperature());
    json.writeNumberProperty("topK", s.topK());
    json.writeNumberProperty("topP", s.topP());
    json.writeNumberProperty("minP", s.minP());
    json.writeNumberProperty("repetitionPenalty", s.repetitionPenalty());
    json.writeNumberProperty("seed", s.seed());
    json.writeEndObject();
    file.ids("prompt", prompt);
    json.writeArrayPropertyStart("arms");
  }

  private static void write(JsonFile file, Arm arm, GenerationResult result) {
    JsonGenerator json = file.generator();
    json.writeStartObject();
    json.writeStringProperty("arm", arm.toString());
    file.ids("ids", result.ids());
    json.writeStringProperty("text", result.text());
    file.values("nll", result.nll(), result.nll().length);
    json.writeStringProperty("stop", name(result.stop()));
    json.writeNumberProperty("promptSeconds", result.promptSeconds());
    json.writeNumberProperty("generationSeconds", result.generationSeconds());
    json.writeNumberProperty("cacheBytes", result.cacheBytes());
    json.writeEndObject();
  }

  private static String name(StopReason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
