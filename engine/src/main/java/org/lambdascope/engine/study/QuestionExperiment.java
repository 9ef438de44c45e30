package org.lambdascope.engine.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.metrics.AnswerMatch;
import org.lambdascope.engine.spec.ExperimentSpec;
import org.lambdascope.engine.spec.ExperimentSpec.QuestionAnswering;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.task.Progress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Open-book question answering by number of passages. Arms with a way beside the decoder's window
 * (cepe, replug) get the passages there and the question in the window; all others read passages
 * and question in one text. The answer is the greedy continuation up to the end of its line.
 *
 * <p>{@code exact_match} and {@code f1} are SQuAD's, of several answers the best; {@code accuracy}
 * is the share of continuations that hold the value as whole words.
 */
final class QuestionExperiment implements Experiment {

  private final QuestionAnswering spec;
  private final StudyModel model;
  private final List<Arm> arms;
  private final List<Question> questions;

  QuestionExperiment(
      QuestionAnswering spec, StudyModel model, List<Arm> arms, List<Question> questions) {
    this.spec = spec;
    this.model = model;
    this.arms = List.copyOf(arms);
    this.questions = List.copyOf(questions);
  }

  @Override
  public ExperimentSpec spec() {
    return spec;
  }

  @Override
  public List<Unit> units() {
    List<Unit> units = new ArrayList<>();
    for (int k : spec.passages()) {
      for (Arm arm : arms) {
        units.add(
            new Unit(
                id(arm, k),
                "%s: %s, %d passages".formatted(spec.header().name(), arm.kind().id(), k),
                need(arm, k),
                (progress, cancellation) -> run(arm, k, progress, cancellation)));
      }
    }
    return units;
  }

  private UnitNeed need(Arm arm, int k) {
    int[] lengths =
        questions.stream()
            .mapToInt(
                q -> q.question().length() + q.passages(k).stream().mapToInt(String::length).sum())
            .toArray();
    return model.needOfAll(arm, lengths, spec.newTokens());
  }

  private String id(Arm arm, int k) {
    return String.format(
        Locale.ROOT, "%s.%s.k%03d", spec.header().name(), StudyModel.id(arms, arm), k);
  }

  private ObjectNode run(Arm arm, int k, Progress progress, Cancellation cancellation) {
    ObjectNode out = Results.object().put("arm", arm.toString()).put("passages", k);
    ArrayNode answers = out.putArray("answers");
    for (int i = 0; i < questions.size(); i++) {
      cancellation.check();
      Question question = questions.get(i);
      String said = answer(arm, question, k, cancellation);
      answers
          .addObject()
          .put("value", question.value())
          .put("said", said)
          .put("right", RetrievalExperiment.holds(said, question.value()))
          .put("exact", AnswerMatch.exact(said, question.answers()))
          .put("f1", AnswerMatch.f1(said, question.answers()));
      progress.update(arm.toString(), i + 1, questions.size());
    }
    return out;
  }

  private String answer(Arm arm, Question question, int k, Cancellation cancellation) {
    String asked = "Question: %s\nAnswer:".formatted(question.question());
    List<String> passages = question.passages(k);
    boolean beside = arm.kind().needsEncoder() || arm.kind() == ArmKind.REPLUG;
    String text =
        beside
            ? asked
            : passages.stream().map(p -> p + "\n\n").collect(Collectors.joining()) + asked;
    return model
        .continued(
            arm,
            model.encode(text),
            beside ? passages.stream().map(model::encodePart).toList() : List.of(),
            spec.newTokens(),
            true,
            Progress.NONE,
            cancellation)
        .text()
        .strip();
  }

  @Override
  public List<Metric> metrics(Map<String, JsonNode> results) {
    List<Metric> metrics = new ArrayList<>();
    for (Arm arm : arms) {
      for (int k : spec.passages()) {
        JsonNode result = results.get(id(arm, k));
        if (result != null) {
          add(metrics, arm, Map.of("passages", (double) k), result.get("answers"));
        }
      }
    }
    return metrics;
  }

  private void add(List<Metric> metrics, Arm arm, Map<String, Double> at, JsonNode answers) {
    String name = spec.header().name();
    long right = 0;
    long exact = 0;
    double[] f1 = new double[answers.size()];
    for (int i = 0; i < f1.length; i++) {
      JsonNode answer = answers.get(i);
      right += answer.get("right").booleanValue() ? 1 : 0;
      exact += answer.get("exact").booleanValue() ? 1 : 0;
      f1[i] = Results.number(answer, "f1");
    }
    metrics.add(Estimate.share(right, f1.length).as(name, "accuracy", "", arm.toString(), at));
    metrics.add(Estimate.share(exact, f1.length).as(name, "exact_match", "", arm.toString(), at));
    metrics.add(Estimate.mean(f1, 1).as(name, "f1", "", arm.toString(), at));
  }
}
