package org.lambdascope.app.cli;

import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.shell.WorkbenchLauncher;

/** The entry point of the program: the command line, or the window when there are no arguments. */
public final class Main {

  private Main() {}

  /** Runs a command and exits with its status. */
  public static void main(String[] args) {
    Interrupts interrupts = Interrupts.install();
    Samples samples = Samples.installed();
    int status =
        new CommandLineRunner(
                Terminal.standard(interrupts),
                samples,
                (model, text) -> WorkbenchLauncher.launch(model, text, samples))
            .run(args);
    interrupts.finished();
    System.exit(status);
  }
}
