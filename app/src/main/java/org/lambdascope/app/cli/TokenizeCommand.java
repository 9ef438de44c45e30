package org.lambdascope.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.engine.tokenizer.Tokenizer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;

/** Turns a text into ids. */
@Command(
    name = "tokenize",
    description = "Turn a text into token ids.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  lambdascope tokenize models/llama --text \"Once upon a time\"",
      "  lambdascope tokenize models/llama --file book.txt --json"
    })
final class TokenizeCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Samples samples;

  @Mixin private ModelArguments model;

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  @Option(
      names = "--json",
      description = "Print {\"model\", \"ids\", \"tokens\"} instead of ids between commas.")
  private boolean json;

  @Option(
      names = "--no-bos",
      description = "Do not put BOS in front, even where the model's configuration does.")
  private boolean noBos;

  /** A text, or a file that holds it. */
  static final class Source {
    @Option(names = "--text", paramLabel = "S", required = true, description = "The text.")
    private @Nullable String text;

    @Option(
        names = "--file",
        paramLabel = "F",
        required = true,
        description = "A file that holds the text, in UTF-8, or a bundled document's name.")
    private @Nullable Path file;

    String read(Samples samples) throws IOException {
      if (file != null) {
        return TextFiles.read(samples.documentOr(file));
      }
      String given = Objects.requireNonNull(text);
      if (given.isEmpty()) {
        throw CliException.failure("--text: the text is empty");
      }
      return given;
    }
  }

  TokenizeCommand(Terminal terminal, Samples samples) {
    this.terminal = terminal;
    this.samples = samples;
    model = new ModelArguments(samples);
  }

  @Override
  public Integer call() throws IOException {
    model.check();
    StandIns.note(terminal, model.standIn(), Optional.empty());
    String text = source.read(samples);
    Tokenizer tokenizer = model.openTokenizer();
    int[] ids = tokenizer.encode(text, !noBos && tokenizer.addsBosByDefault());
    if (json) {
      writeJson(model.name(), tokenizer, ids);
    } else {
      terminal
          .out()
          .println(Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(",")));
    }
    return ExitStatus.OK;
  }

  private void writeJson(String name, Tokenizer tokenizer, int[] ids) {
    try (JsonGenerator out = JsonFile.onto(terminal.out())) {
      out.writeStartObject();
      out.writeStringProperty("model", name);
      out.writeArrayPropertyStart("ids");
      for (int id : ids) {
        out.writeNumber(id);
      }
      out.writeEndArray();
      out.writeArrayPropertyStart("tokens");
      for (int id : ids) {
        out.writeString(tokenizer.tokenText(id));
      }
      out.writeEndArray();
      out.writeEndObject();
      out.writeRaw('\n');
    }
  }
}
