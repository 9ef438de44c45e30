package org.lambdascope.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program itself; the commands stand below it. */
@Command(
    name = CommandLineRunner.NAME,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    synopsisSubcommandLabel = "[COMMAND]",
    description = {
      "",
      "A workbench for the length generalisation of language models. Without a command it opens the window.",
      ""
    },
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "MODEL is a Hugging Face folder (config.json, *.safetensors), a GGUF file, or the",
      "name of a bundled model. Where nothing is named, lambda-llama and welcome.txt,",
      "which are bundled, are used.",
      "ARM is name[:key=value,...], such as lm-infinite:global=10,local=512.",
      "",
      "Exit status: 0 done, 1 the run failed, 2 the command is not well formed,",
      "3 no display for the window, 130 interrupted (what was done is kept).",
      "",
      "Environment: LAMBDASCOPE_JAVA_HOME (the JDK), LAMBDASCOPE_JAVA_OPTS (flags such as -Xmx8g),",
      "LAMBDASCOPE_DEBUG=1 (as --debug)."
    })
final class LambdascopeCommand implements Runnable {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it while it parses
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version, the JDK and the kernels.")
  @SuppressWarnings("UnusedVariable") // likewise
  private boolean version;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show where an error came from.")
  private boolean debug;

  @Spec private CommandSpec spec = CommandSpec.create();

  boolean debug() {
    return debug;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "expected a command: " + String.join(", ", spec.subcommands().keySet()));
  }
}
