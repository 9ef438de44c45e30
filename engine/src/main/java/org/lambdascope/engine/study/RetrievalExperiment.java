package org.lambdascope.engine.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.spec.ExperimentSpec;
import org.lambdascope.engine.spec.ExperimentSpec.Retrieval;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.task.Progress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Share of prompts after which the answer is written, by group (LM-Infinite, fig. 4): the greedy
 * continuation, up to the end of its line, holds the answer as whole words, whatever the case.
 * {@code accuracy_pooled} is that of all groups that share their first coordinate.
 */
final class RetrievalExperiment implements Experiment {

  private final Retrieval spec;
  private final StudyModel model;
  private final List<Arm> arms;
  private final Map<Map<String, Double>, List<Prompt>> groups = new LinkedHashMap<>();

  RetrievalExperiment(Retrieval spec, StudyModel model, List<Arm> arms, List<Prompt> prompts) {
    this.spec = spec;
    this.model = model;
    this.arms = List.copyOf(arms);
    for (Prompt prompt : prompts) {
      List<Prompt> group = groups.computeIfAbsent(prompt.at(), at -> new ArrayList<>());
      if (spec.prompts().count() == 0 || group.size() < spec.prompts().count()) {
        group.add(prompt);
      }
    }
  }

  @Override
  public ExperimentSpec spec() {
    return spec;
  }

  @Override
  public List<Unit> units() {
    List<Unit> units = new ArrayList<>();
    int number = 0;
    for (Map.Entry<Map<String, Double>, List<Prompt>> group : groups.entrySet()) {
      int[] lengths = group.getValue().stream().mapToInt(p -> p.text().length()).toArray();
      for (Arm arm : arms) {
        units.add(
            new Unit(
                id(arm, number),
                "%s: %s, %s".formatted(spec.header().name(), arm.kind().id(), group.getKey()),
                model.needOfAll(arm, lengths, spec.newTokens()),
                (progress, cancellation) -> run(arm, group.getValue(), progress, cancellation)));
      }
      number++;
    }
    return units;
  }

  private String id(Arm arm, int group) {
    return String.format(
        Locale.ROOT, "%s.%s.g%03d", spec.header().name(), StudyModel.id(arms, arm), group);
  }

  private ObjectNode run(
      Arm arm, List<Prompt> prompts, Progress progress, Cancellation cancellation) {
    ObjectNode out = Results.object().put("arm", arm.toString());
    ArrayNode answers = out.putArray("answers");
    int right = 0;
    for (int i = 0; i < prompts.size(); i++) {
      Prompt prompt = prompts.get(i);
      int number = i;
      Progress part =
          (stage, done, of) ->
              progress.update(stage, (long) number * of + done, (long) prompts.size() * of);
      String said =
          model
              .continued(
                  arm,
                  model.encode(prompt.text()),
                  List.of(),
                  spec.newTokens(),
                  true,
                  part,
                  cancellation)
              .text();
      boolean holds = holds(said, prompt.answer());
      right += holds ? 1 : 0;
      answers.addObject().put("answer", prompt.answer()).put("said", said).put("right", holds);
    }
    return out.put("right", right).put("count", prompts.size());
  }

  /** Whether a text holds an answer as whole words. */
  static boolean holds(String said, String answer) {
    return Pattern.compile(
            "(?<!\\w)" + Pattern.quote(answer) + "(?!\\w)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS)
        .matcher(said)
        .find();
  }

  @Override
  public List<Metric> metrics(Map<String, JsonNode> results) {
    List<Metric> metrics = new ArrayList<>();
    for (Arm arm : arms) {
      int number = 0;
      for (Map<String, Double> at : groups.keySet()) {
        JsonNode result = results.get(id(arm, number++));
        if (result != null) {
          metrics.add(share(List.of(result), "accuracy", arm, at));
        }
      }
    }
    for (Arm arm : arms) {
      pooled(metrics, arm, results);
    }
    return metrics;
  }

  /** Over all places that share their first coordinate, such as all depths of a length. */
  private void pooled(List<Metric> metrics, Arm arm, Map<String, JsonNode> results) {
    Map<Map<String, Double>, List<JsonNode>> pools = new LinkedHashMap<>();
    int number = 0;
    for (Map<String, Double> at : groups.keySet()) {
      JsonNode result = results.get(id(arm, number++));
      if (result != null && at.size() > 1) {
        Map.Entry<String, Double> first = at.entrySet().iterator().next();
        pools
            .computeIfAbsent(Map.of(first.getKey(), first.getValue()), key -> new ArrayList<>())
            .add(result);
      }
    }
    pools.forEach((at, done) -> metrics.add(share(done, "accuracy_pooled", arm, at)));
  }

  private Metric share(List<JsonNode> done, String name, Arm arm, Map<String, Double> at) {
    double right = done.stream().mapToDouble(r -> Results.number(r, "right")).sum();
    double count = done.stream().mapToDouble(r -> Results.number(r, "count")).sum();
    return Estimate.share((long) right, (long) count)
        .as(spec.header().name(), name, "", arm.toString(), at);
  }
}
