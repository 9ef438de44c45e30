package org.lambdascope.app.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lambdascope.app.figure.LogitsView;
import org.lambdascope.app.workbench.WorkbenchViewModel;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.probe.CaptureOptions;

/** Command lines for a POSIX shell. */
public final class CommandText {

  private CommandText() {}

  /** Everything that the window computes: losses, continuations, diagnostics. */
  public static String of(Reproduction r) {
    StringBuilder out = new StringBuilder();
    out.append("# negative log-likelihood of every token\n").append(score(r)).append('\n');
    if (r.newTokens() > 0) {
      out.append("# what follows the text\n").append(generate(r)).append('\n');
    }
    return out.append("# attention logits, entropy, hidden states, as tables and figures\n")
        .append(probe(r))
        .append('\n')
        .toString();
  }

  /** What the log keeps: losses and continuations. */
  static String brief(Reproduction r) {
    return r.newTokens() > 0 ? score(r) + "\n" + generate(r) : score(r);
  }

  /** The command that says what model was opened; opening it computes nothing. */
  static String open(Reproduction r) {
    return line(List.of(CommandLines.PROGRAM, "info", r.model()));
  }

  /** The command that runs an experiment file. */
  static String run(Path file, Path out, boolean resume) {
    List<String> words =
        new ArrayList<>(
            List.of(CommandLines.PROGRAM, "run", absolute(file), "--out", absolute(out)));
    if (resume) {
      words.add("--resume");
    }
    return line(words);
  }

  /** The command that draws a stored figure. */
  static String figure(Path stored, Path out) {
    return line(List.of(CommandLines.PROGRAM, "figure", absolute(stored), "--out", absolute(out)));
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }

  /** A line that scores the text. */
  public static String score(Reproduction r) {
    List<String> words = begin("score", r, "--file");
    addArms(words, r);
    words.addAll(List.of("--json", "nll.json"));
    return line(words);
  }

  private static String generate(Reproduction r) {
    List<String> words = begin("generate", r, "--prompt-file");
    words.addAll(List.of("--max-new-tokens", Integer.toString(r.newTokens()), "--greedy"));
    addArms(words, r);
    words.addAll(List.of("--json", "generated.json"));
    return line(words);
  }

  private static String probe(Reproduction r) {
    return probe(r, "figures");
  }

  /** The command that writes the figures of the diagnostics into a folder. */
  static String probe(Reproduction r, String out) {
    CaptureOptions captures = WorkbenchViewModel.CAPTURES;
    LogitsView logits = r.logits();
    List<String> words = begin("probe", r, "--file");
    addArms(words, r);
    words.addAll(
        List.of(
            "--distance-bins",
            Integer.toString(captures.distanceBins()),
            "--position-bins",
            Integer.toString(captures.positionBins()),
            "--statistic",
            logits.statistic().name().toLowerCase(Locale.ROOT)));
    if (logits.layer() != LogitsView.ALL) {
      words.addAll(List.of("--layer", Integer.toString(logits.layer())));
    }
    if (logits.head() != LogitsView.ALL) {
      words.addAll(List.of("--head", Integer.toString(logits.head())));
    }
    words.addAll(List.of("--out", out));
    return line(words);
  }

  private static List<String> begin(String command, Reproduction r, String textOption) {
    return new ArrayList<>(
        List.of(
            CommandLines.PROGRAM,
            command,
            r.model(),
            textOption,
            r.text(),
            "--length",
            Integer.toString(r.length())));
  }

  private static void addArms(List<String> words, Reproduction r) {
    if (r.cacheType() != CacheType.F32) {
      words.addAll(List.of("--cache", r.cacheType().id()));
    }
    if (r.pretrainGiven()) {
      words.addAll(List.of("--pretrain-length", Integer.toString(r.pretrainLength())));
    }
    r.arms().forEach(arm -> words.addAll(List.of("--arm", arm.toString())));
  }

  private static String line(List<String> words) {
    return CommandLines.join(words);
  }
}
