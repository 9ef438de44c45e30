package org.lambdascope.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ScoreMemory;
import org.lambdascope.engine.experiment.ScoreOptions;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.experiment.Scoring;
import org.lambdascope.engine.model.LanguageModel;
import org.lambdascope.engine.probe.CaptureOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;

/** Scores a text under several arms. */
@Command(
    name = "score",
    description = "Score a text: negative log-likelihood by position, per arm.",
    sortOptions = false,
    footer = {
      "",
      "The JSON is {\"model\", \"tokens\": [...],",
      "  \"arms\": [{\"arm\", \"nll\": [N-1 values], \"seconds\", \"cacheBytes\"}]}.",
      "An interrupted run writes the values that it has, marked \"cancelled\": true,",
      "and exits 130.",
      "",
      "Examples:",
      "  lambdascope score models/llama --file book.txt --length 8192 \\",
      "      --arm vanilla --arm lm-infinite",
      "  lambdascope score model.gguf --file book.txt --json nll.json \\",
      "      --arm lm-infinite:global=10,local=512"
    })
final class ScoreCommand implements Callable<Integer> {

  /** Of what arms read alike at the start of the text. */
  private static final long MOST_SHARED_BYTES = 1L << 30;

  private final Terminal terminal;

  @Mixin private ModelArguments model;
  @Mixin private TextArguments text;
  @Mixin private ArmArguments arms = new ArmArguments();
  @Mixin private CacheArguments cache = new CacheArguments();
  @Mixin private ContextArguments context = new ContextArguments();

  @Option(names = "--json", paramLabel = "OUT", description = "Write the values to this file.")
  private @Nullable Path out;

  @Mixin private RunArguments run = new RunArguments();

  ScoreCommand(Terminal terminal, Samples samples) {
    this.terminal = terminal;
    model = new ModelArguments(samples);
    text = new TextArguments(samples);
  }

  @Override
  public Integer call() throws IOException {
    model.check();
    text.check();
    arms.check();
    run.check();
    StandIns.note(terminal, model.standIn(), text.standIn());
    String characters = text.read();
    try (JsonFile json =
            out == null ? null : JsonFile.begin("--json", out, model.path(), text.file());
        LanguageModel opened = cache.applyTo(model.open())) {
      List<Arm> resolved = arms.resolve(opened.config());
      ContextArguments.check(opened.decoder(), resolved);
      int[] tokens = text.tokens(opened.tokenizer(), characters, terminal);
      if (json != null) {
        begin(json, opened, tokens);
      }
      List<ScoreResult> results = new ArrayList<>();
      boolean cancelled = false;
      ScoreMemory shared =
          new ScoreMemory(
              resolved.size() == 1
                  ? 0
                  : Math.min(MOST_SHARED_BYTES, Runtime.getRuntime().maxMemory() / 8));
      for (Arm arm : resolved) {
        ScoreResult result = score(opened, arm, tokens, shared);
        results.add(result);
        if (json != null) {
          write(json, result);
        }
        cancelled = result.cancelled();
        if (cancelled) {
          break;
        }
      }
      ScoreTable table = new ScoreTable(results);
      table.print(terminal.out());
      table.warnings().forEach(terminal::note);
      if (json != null) {
        end(json, cancelled);
      }
      if (cancelled) {
        ScoreResult last = results.getLast();
        terminal.note(
            "interrupted in %s after %d of %d tokens%s"
                .formatted(
                    last.arm(),
                    last.scored(),
                    last.nll().length,
                    out == null ? "" : "; what was scored is in " + out));
        return ExitStatus.INTERRUPTED;
      }
      return ExitStatus.OK;
    }
  }

  private ScoreResult score(LanguageModel opened, Arm arm, int[] tokens, ScoreMemory shared) {
    int chunk = run.chunk(tokens.length);
    ContextArguments.announce(terminal, opened.decoder(), arm, chunk, tokens.length);
    try (ProgressLine progress = run.progress(terminal)) {
      String stage = arm.toString();
      return Scoring.scoreAndKeep(
              opened.decoder(),
              arm,
              tokens,
              new ScoreOptions(chunk, CaptureOptions.NONE, context.options(List.of())),
              shared,
              (from, to, nll) -> progress.update(stage, to, nll.length),
              terminal.cancellation())
          .result();
    }
  }

  private void begin(JsonFile file, LanguageModel opened, int[] tokens) {
    JsonGenerator json = file.generator();
    json.writeStartObject();
    json.writeStringProperty("model", opened.name());
    json.writeStringProperty("version", VersionProvider.version());
    json.writeStringProperty("kernels", opened.kernels().description());
    json.writeStringProperty("cache", cache.type().id());
    json.writeStringProperty("text", text.file().toString());
    json.writeNumberProperty("pretrainLength", arms.pretrainLength(opened.config()));
    file.ids("tokens", tokens);
    json.writeArrayPropertyStart("arms");
  }

  private static void write(JsonFile file, ScoreResult result) {
    JsonGenerator json = file.generator();
    json.writeStartObject();
    json.writeStringProperty("arm", result.arm().toString());
    file.values("nll", result.nll(), result.scored());
    json.writeNumberProperty("seconds", result.seconds());
    json.writeNumberProperty("cacheBytes", result.cacheBytes());
    json.writeBooleanProperty("cancelled", result.cancelled());
    json.writeEndObject();
  }

  private static void end(JsonFile file, boolean cancelled) throws IOException {
    JsonGenerator json = file.generator();
    json.writeEndArray();
    json.writeBooleanProperty("cancelled", cancelled);
    json.writeEndObject();
    file.commit();
  }
}
