package org.lambdascope.app.cli;

import java.io.IOException;
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
import org.lambdascope.app.figure.LogitsView;
import org.lambdascope.app.figure.Marker;
import org.lambdascope.app.figure.NllFigures;
import org.lambdascope.app.figure.NllView;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.figure.spec.RunConfiguration;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.probe.CrossAttentionSummary;
import org.lambdascope.engine.probe.Diagnostics;

/** Writes the diagnostics of a run: tables and figures. */
final class ProbeFiles {

  private final FigureFiles files;
  private final boolean anonymous;

  private ProbeFiles(FigureFiles files, boolean anonymous) {
    this.files = files;
    this.anonymous = anonymous;
  }

  /**
   * Finds or makes the folder, before the run.
   *
   * @param anonymous whether names are left out of what is written
   * @throws CliException if files cannot be written there
   */
  static ProbeFiles into(Path folder, boolean anonymous) {
    return new ProbeFiles(FigureFiles.into(folder), anonymous);
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
    files.configuration(configuration, anonymous);
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
    DiagnosticCsv.logitsByDistance(files.table("logits_by_distance"), results);
    files.figure("logits_by_distance", "Attention logits by distance", distancePanels);
    DiagnosticCsv.entropy(files.table("entropy"), results);
    files.figure("entropy", "Attention entropy by position", entropyPanels);
    DiagnosticCsv.pca(files.table("pca"), results);
    files.figure("pca", "Hidden states, principal components", pcaPanels);
    crossAttention(results, entropy.layer(), markers);
    Panel nll =
        NllFigures.nll(results, NllView.forLength(results.getFirst().nll().length + 1), markers);
    FigureExporter.write(
        Figure.of(nll), FigureFormat.CSV, files.table("nll"), ExportOptions.paper(Figure.of(nll)));
    files.figure("nll", "", List.of(nll));
    return files.written();
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
      CrossAttentionCsv.mass(files.table("cross_attention"), results);
      files.figure("cross_attention", "Cross-attention by chunk", mass);
      CrossAttentionCsv.norm(files.table("cross_norm"), results);
      files.figure("cross_norm", "Cross-attention output relative to the residual stream", norm);
    }
  }

  /** Says for which diagnostics the text was too short. */
  void noteMissing(Terminal terminal) {
    files.noteMissing(terminal);
  }
}
