package org.lambdascope.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lambdascope.app.figure.CrossAttentionCsv;
import org.lambdascope.app.figure.CrossAttentionFigures;
import org.lambdascope.app.figure.DiagnosticCsv;
import org.lambdascope.app.figure.DiagnosticFigures;
import org.lambdascope.app.figure.EntropyView;
import org.lambdascope.app.figure.ExportOptions;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.FigureExporter;
import org.lambdascope.app.figure.FigureFormat;
import org.lambdascope.app.figure.FigureMetadata;
import org.lambdascope.app.figure.LogitsView;
import org.lambdascope.app.figure.Marker;
import org.lambdascope.app.figure.NllFigures;
import org.lambdascope.app.figure.NllView;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.figure.Venue;
import org.lambdascope.app.figure.spec.FigureBundle;
import org.lambdascope.app.figure.spec.RunConfiguration;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.probe.CrossAttentionSummary;
import org.lambdascope.engine.probe.Diagnostics;

/**
 * Writes the diagnostics of a run: tables as CSV, figures as SVG, PNG and PDF, each figure also as
 * a folder from which it is drawn again.
 */
final class ProbeFiles {

  private static final List<FigureFormat> FIGURES =
      List.of(FigureFormat.SVG, FigureFormat.PNG, FigureFormat.PDF);

  private final Path folder;
  private final boolean anonymous;
  private FigureMetadata metadata = FigureMetadata.NONE;
  private final List<Path> written = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  private ProbeFiles(Path folder, boolean anonymous) {
    this.folder = folder;
    this.anonymous = anonymous;
  }

  /**
   * Finds or makes the folder, before the run.
   *
   * @param anonymous whether names are left out of what is written
   * @throws CliException if files cannot be written there
   */
  static ProbeFiles into(Path folder, boolean anonymous) {
    OutputFile.requireName("--out", folder);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw CliException.failure(
          "--out %s: expected a folder to write into, found a file".formatted(folder));
    }
    try {
      Files.createDirectories(folder);
      // Asking for permission answers wrongly on some network file systems; writing does not.
      Files.delete(Files.createTempFile(folder, ".lambdascope", ".part"));
      // Once the process is told to stop, the JDK loads no font any more.
      FigureExporter.prepare();
    } catch (IOException e) {
      throw new CliException(
          ExitStatus.FAILURE,
          "--out %s: cannot be written: %s".formatted(folder, Failures.describe(e)),
          e);
    }
    return new ProbeFiles(folder, anonymous);
  }

  /**
   * Writes everything.
   *
   * @param configuration of the run, which every figure names
   * @param pretrainLength marked in the figures
   * @return the files
   */
  List<Path> write(
      List<ScoreResult> results,
      LogitsView logits,
      EntropyView entropy,
      RunConfiguration configuration,
      int pretrainLength)
      throws IOException {
    metadata = new FigureMetadata(configuration.hash(), anonymous);
    written.add(configuration.write(folder, anonymous));
    List<Panel> distancePanels = new ArrayList<>();
    List<Panel> entropyPanels = new ArrayList<>();
    List<Panel> pcaPanels = new ArrayList<>();
    List<Marker> markers = List.of(Marker.pretrainLength(pretrainLength));
    for (ScoreResult result : results) {
      String arm = result.arm().toString();
      Diagnostics found = result.diagnostics();
      if (found.logitsByDistance() != null) {
        distancePanels.add(
            DiagnosticFigures.logits(arm, found.logitsByDistance(), logits, markers));
      }
      if (found.entropy() != null) {
        entropyPanels.add(DiagnosticFigures.entropy(arm, found.entropy(), entropy, markers));
      }
      if (found.hiddenPca() != null) {
        pcaPanels.add(DiagnosticFigures.pca(arm, found.hiddenPca()));
      }
    }
    DiagnosticCsv.logitsByDistance(table("logits_by_distance"), results);
    figures("logits_by_distance", "Attention logits by distance", distancePanels);
    DiagnosticCsv.entropy(table("entropy"), results);
    figures("entropy", "Attention entropy by position", entropyPanels);
    DiagnosticCsv.pca(table("pca"), results);
    figures("pca", "Hidden states, principal components", pcaPanels);
    crossAttention(results, entropy.layer(), markers);
    Panel nll =
        NllFigures.nll(results, NllView.forLength(results.getFirst().nll().length + 1), markers);
    FigureExporter.write(
        Figure.of(nll), FigureFormat.CSV, table("nll"), ExportOptions.paper(Figure.of(nll)));
    figures("nll", "", List.of(nll));
    return List.copyOf(written);
  }

  private void crossAttention(List<ScoreResult> results, int layer, List<Marker> markers)
      throws IOException {
    List<Panel> mass = new ArrayList<>();
    List<Panel> norm = new ArrayList<>();
    for (ScoreResult result : results) {
      CrossAttentionSummary found = result.diagnostics().crossAttention();
      if (found != null) {
        mass.add(CrossAttentionFigures.mass(result.arm().toString(), found, layer));
        norm.add(CrossAttentionFigures.norm(result.arm().toString(), found, layer, markers));
      }
    }
    if (!mass.isEmpty()) {
      CrossAttentionCsv.mass(table("cross_attention"), results);
      figures("cross_attention", "Cross-attention by chunk", mass);
      CrossAttentionCsv.norm(table("cross_norm"), results);
      figures("cross_norm", "Cross-attention output relative to the residual stream", norm);
    }
  }

  /** Says for which diagnostics the text was too short: they have a table and no figure. */
  void noteMissing(Terminal terminal) {
    for (String name : missing) {
      terminal.note(name + ": no figure; too few positions were read or kept for one");
    }
  }

  private Path table(String name) {
    Path file = folder.resolve(name + ".csv");
    written.add(file);
    return file;
  }

  private void figures(String name, String title, List<Panel> panels) throws IOException {
    if (panels.isEmpty()) {
      missing.add(name);
      return;
    }
    Figure figure =
        panels.size() == 1 ? Figure.of(panels.getFirst()) : Figure.sideBySide(title, panels);
    ExportOptions options = ExportOptions.paper(figure).withMetadata(metadata);
    for (FigureFormat format : FIGURES) {
      Path file = folder.resolve(name + "." + format.extension());
      FigureExporter.write(figure, format, file, options);
      written.add(file);
    }
    written.add(FigureBundle.write(folder.resolve(name), figure, options, Venue.PLAIN));
  }
}
