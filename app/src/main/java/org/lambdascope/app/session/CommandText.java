package org.lambdascope.app.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lambdascope.app.figure.LogitsView;
import org.lambdascope.app.workbench.WorkbenchViewModel;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.probe.CaptureOptions;

/** Command lines for a POSIX shell. */
public final class CommandText {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

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

  /** The command that opens a model and a text in a window. */
  static String open(Reproduction r) {
    return line(List.of("lambdascope", "gui", r.model(), r.text()));
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
    words.addAll(List.of("--out", "figures"));
    return line(words);
  }

  private static List<String> begin(String command, Reproduction r, String textOption) {
    return new ArrayList<>(
        List.of(
            "lambdascope",
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
    return words.stream().map(CommandText::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
