package org.lambdascope.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.session.SessionFile;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses and runs commands. Every failure is one message on standard error. */
final class CommandLineRunner {

  static final String NAME = "lambdascope";

  /** Environment variable that does what {@code --debug} does. */
  private static final String DEBUG_VARIABLE = "LAMBDASCOPE_DEBUG";

  private final Terminal terminal;
  private final LambdascopeCommand root = new LambdascopeCommand();
  private final CommandLine commandLine;

  CommandLineRunner(Terminal terminal, Samples samples, WindowOpener window) {
    this.terminal = terminal;
    commandLine =
        new CommandLine(root)
            .addSubcommand(new DemoCommand(terminal, samples))
            .addSubcommand(new InfoCommand(terminal, samples))
            .addSubcommand(new TokenizeCommand(terminal, samples))
            .addSubcommand(new LogitsCommand(terminal, samples))
            .addSubcommand(new ScoreCommand(terminal, samples))
            .addSubcommand(new GenerateCommand(terminal, samples))
            .addSubcommand(new ProbeCommand(terminal, samples))
            .addSubcommand(new ConvertCommand(terminal, samples))
            .addSubcommand(new ContextScalingCommand(terminal, samples))
            .addSubcommand(new ContextControlsCommand(terminal, samples))
            .addSubcommand(new ContextCostCommand(terminal, samples))
            .addSubcommand(
                new CommandLine(new BenchCommand(terminal, samples))
                    .addSubcommand(new BenchLiveCommand(terminal, samples)))
            .addSubcommand(new FigureCommand(terminal))
            .addSubcommand(new RunCommand(terminal, samples))
            .addSubcommand(new RunsCommand(terminal))
            .addSubcommand(new SessionCommand(terminal, samples))
            .addSubcommand(new GuiCommand(terminal, samples, window))
            .setOut(terminal.out())
            .setErr(terminal.err())
            .setUsageHelpAutoWidth(true)
            .setAbbreviatedOptionsAllowed(false)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .registerConverter(int.class, CommandLineRunner::wholeNumber)
            .registerConverter(Integer.class, CommandLineRunner::wholeNumber)
            .registerConverter(long.class, CommandLineRunner::longNumber)
            .registerConverter(Path.class, CommandLineRunner::path)
            .registerConverter(Double.class, CommandLineRunner::number)
            .setParameterExceptionHandler((e, args) -> usageFailure(e))
            .setExecutionExceptionHandler((e, command, parsed) -> failure(e, command));
  }

  /** Runs a command; without arguments, or with a session's file alone, the window. */
  int run(String... args) {
    try {
      boolean window =
          args.length == 0 || (args.length == 1 && args[0].endsWith(SessionFile.SUFFIX));
      int status =
          commandLine.execute(
              window
                  ? Stream.concat(Stream.of(GuiCommand.NAME), Arrays.stream(args))
                      .toArray(String[]::new)
                  : args);
      return unwritten(status);
    } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
      return failure(e, running());
    } finally {
      terminal.out().flush();
      terminal.err().flush();
    }
  }

  /**
   * A result that did not reach its reader is a failure, unless the reader left, as {@code head}.
   */
  private int unwritten(int status) {
    @Nullable IOException failure = terminal.outputFailure();
    if (failure == null) {
      return status;
    }
    terminal.note("%s: standard output: %s".formatted(NAME, Failures.describe(failure)));
    return ExitStatus.FAILURE;
  }

  /** The command that an error broke off. */
  private CommandLine running() {
    CommandLine command = commandLine;
    ParseResult parsed = command.getParseResult();
    while (parsed != null && parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
      command = parsed.commandSpec().commandLine();
    }
    return command;
  }

  private static Integer wholeNumber(String text) {
    try {
      return Integer.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw new TypeConversionException(
          "expected a whole number of at most %d, found '%s'".formatted(Integer.MAX_VALUE, text));
    }
  }

  private static Long longNumber(String text) {
    try {
      return Long.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw new TypeConversionException("expected a whole number, found '%s'".formatted(text));
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          "expected a path, found '%s': %s".formatted(text, e.getReason()));
    }
  }

  private static Double number(String text) {
    try {
      return Double.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw new TypeConversionException("expected a number, found '%s'".formatted(text));
    }
  }

  private int usageFailure(ParameterException e) {
    String message =
        oneLine(String.valueOf(e.getMessage()))
            .replaceFirst("^Error: ", "")
            .replaceFirst(
                "^Invalid value for positional parameter at index \\d+ \\(([^)]*)\\): ", "$1: ")
            .replaceFirst("^Invalid value for option '([^']*)'[^:]*: ", "$1: ")
            .replaceFirst("^Unmatched argument at index \\d+: ", "unexpected argument ");
    if (e instanceof UnmatchedArgumentException unmatched) {
      StringWriter suggestion = new StringWriter();
      PrintWriter writer = new PrintWriter(suggestion);
      if (UnmatchedArgumentException.printSuggestions(unmatched, writer)) {
        writer.flush();
        message += "; " + oneLine(suggestion.toString()).replaceFirst("^Did", "did");
      }
    }
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    terminal.note("%s: %s (see '%s --help')".formatted(command, message, command));
    trace(e);
    return ExitStatus.USAGE;
  }

  private int failure(Throwable e, CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    if (e instanceof CancellationException) {
      terminal.note(name + ": interrupted");
      trace(e);
      return ExitStatus.INTERRUPTED;
    }
    int status = e instanceof CliException cli ? cli.status() : ExitStatus.FAILURE;
    String hint = status == ExitStatus.USAGE ? " (see '%s --help')".formatted(name) : "";
    terminal.note("%s: %s%s".formatted(name, Failures.describe(e), hint));
    trace(e);
    return status;
  }

  private void trace(Throwable e) {
    String variable = System.getenv(DEBUG_VARIABLE);
    if (root.debug() || (variable != null && !variable.isEmpty() && !variable.equals("0"))) {
      e.printStackTrace(terminal.err());
      terminal.err().flush();
    }
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
