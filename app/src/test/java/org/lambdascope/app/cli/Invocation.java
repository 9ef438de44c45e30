package org.lambdascope.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.engine.task.Cancellation;

/** Runs commands as the program does, and keeps what they print. */
final class Invocation {

  final int status;
  final String out;
  final String err;
  final List<String> windows = new ArrayList<>();

  private Invocation(Samples samples, Cancellation cancellation, String... args) {
    StringWriter outText = new StringWriter();
    StringWriter errText = new StringWriter();
    Terminal terminal =
        new Terminal(new PrintWriter(outText), new PrintWriter(errText), false, cancellation);
    status =
        new CommandLineRunner(terminal, samples, (model, text) -> windows.add(model + " " + text))
            .run(args);
    out = outText.toString();
    err = errText.toString();
  }

  static Invocation of(String... args) {
    return new Invocation(Samples.none(), Cancellation.NONE, args);
  }

  static Invocation with(Samples samples, String... args) {
    return new Invocation(samples, Cancellation.NONE, args);
  }

  static Invocation cancelledBy(Cancellation cancellation, String... args) {
    return new Invocation(Samples.none(), cancellation, args);
  }

  static Invocation cancelledBy(Cancellation cancellation, Samples samples, String... args) {
    return new Invocation(samples, cancellation, args);
  }
}
