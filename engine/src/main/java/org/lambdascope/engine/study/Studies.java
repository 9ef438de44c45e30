package org.lambdascope.engine.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.spec.DataSpec;
import org.lambdascope.engine.spec.ExperimentFile;
import org.lambdascope.engine.spec.ExperimentSpec;
import org.lambdascope.engine.spec.PromptSpec;
import org.lambdascope.engine.spec.SpecNode;

/**
 * Makes the experiments of a file ready to run: reads their texts, checks their arms. All that can
 * be found wrong is found here, before any work.
 */
public final class Studies {

  private final StudyModel model;
  private final Resources resources;
  private final Documents documents;

  private Studies(StudyModel model, Resources resources) {
    this.model = model;
    this.resources = resources;
    this.documents = new Documents(model.model().tokenizer(), resources);
  }

  /**
   * The experiments of a file.
   *
   * @throws org.lambdascope.engine.spec.SpecException with the line of what cannot be done
   * @throws IOException if a text cannot be read
   */
  public static List<Experiment> of(ExperimentFile file, StudyModel model, Resources resources)
      throws IOException {
    Studies studies = new Studies(model, resources);
    List<Experiment> experiments = new ArrayList<>();
    for (ExperimentSpec spec : file.experiments()) {
      experiments.add(studies.experiment(spec));
    }
    return experiments;
  }

  private Experiment experiment(ExperimentSpec spec) throws IOException {
    List<Arm> arms = model.arms(spec.header().arms());
    if (spec instanceof ExperimentSpec.Perplexity s) {
      return new PerplexityExperiment(s, model, arms, read(s.data(), last(s.lengths())));
    }
    if (spec instanceof ExperimentSpec.GenerationQuality s) {
      return new GenerationQualityExperiment(
          s, model, arms, read(s.data(), last(s.lengths()) + s.newTokens()));
    }
    if (spec instanceof ExperimentSpec.Retrieval s) {
      return new RetrievalExperiment(s, model, arms, prompts(s.prompts()));
    }
    if (spec instanceof ExperimentSpec.QuestionAnswering s) {
      return new QuestionExperiment(s, model, arms, questions(s));
    }
    if (spec instanceof ExperimentSpec.Efficiency s) {
      return new EfficiencyExperiment(s, model, arms, read(s.data(), 1).getFirst());
    }
    if (spec instanceof ExperimentSpec.FixedTargets s) {
      return FixedTargetsExperiment.of(s, model, arms, read(s.data(), 1));
    }
    if (spec instanceof ExperimentSpec.Ablation s) {
      return new AblationExperiment(s, model, cells(s, arms), read(s.data(), s.length()));
    }
    if (spec instanceof ExperimentSpec.OodFactors s) {
      s.check(model.model().config().layers(), model.model().config().heads());
      return new OodFactorsExperiment(s, model, arms, read(s.data(), s.length()));
    }
    throw new IllegalStateException("no experiment of kind " + spec.header().kind());
  }

  private List<Document> read(DataSpec data, int least) throws IOException {
    return documents.read(data, least);
  }

  private static int last(int[] lengths) {
    return lengths[lengths.length - 1];
  }

  private List<Prompt> prompts(PromptSpec spec) throws IOException {
    PromptSpec.Made made = spec.made();
    if (made != null) {
      return PassKeys.make(made, text -> model.encode(text).length);
    }
    SpecNode node = Objects.requireNonNull(spec.file(), "prompts are made or in a file");
    Path path = resources.document(node);
    List<Prompt> prompts = new ArrayList<>();
    for (JsonLines.Line line : JsonLines.read(node, path)) {
      Map<String, Double> at = new LinkedHashMap<>();
      for (Map.Entry<String, String> group : spec.at().entrySet()) {
        at.put(group.getKey(), line.number(group.getValue()));
      }
      prompts.add(new Prompt(line.text("prompt"), line.text(spec.answer()), at));
    }
    if (prompts.isEmpty()) {
      throw node.error("expected prompts, one JSON object per line, found none in " + path);
    }
    return prompts;
  }

  private List<Question> questions(ExperimentSpec.QuestionAnswering spec) throws IOException {
    Path path = resources.document(spec.questions());
    List<Question> questions = new ArrayList<>();
    int most = spec.passages()[spec.passages().length - 1];
    for (JsonLines.Line line : JsonLines.read(spec.questions(), path)) {
      if (spec.count() == 0 || questions.size() < spec.count()) {
        questions.add(Question.of(line, most));
      }
    }
    if (questions.isEmpty()) {
      throw spec.questions().error("expected questions, found none in " + path);
    }
    return questions;
  }

  private List<AblationExperiment.Cell> cells(ExperimentSpec.Ablation spec, List<Arm> arms)
      throws IOException {
    List<AblationExperiment.Cell> cells = new ArrayList<>();
    for (Map<String, Integer> values : AblationExperiment.combinations(spec.grid())) {
      StringBuilder text = new StringBuilder(spec.arm().text());
      Map<String, Double> at = new LinkedHashMap<>();
      // The arm may have parameters of its own, which all cells share.
      char separator = spec.arm().text().contains(":") ? ',' : ':';
      for (Map.Entry<String, Integer> value : values.entrySet()) {
        text.append(separator).append(value.getKey()).append('=').append(value.getValue());
        at.put(value.getKey(), (double) value.getValue());
        separator = ',';
      }
      cells.add(new AblationExperiment.Cell(model.arm(spec.arm(), text.toString()), at));
    }
    for (Arm arm : arms) {
      cells.add(new AblationExperiment.Cell(arm, Map.of()));
    }
    return cells;
  }
}
