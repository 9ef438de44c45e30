package org.lambdascope.app.session;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.figure.LogitsView;
import org.lambdascope.app.models.LoadedText;
import org.lambdascope.app.models.ModelsViewModel.Source;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.app.workbench.WorkbenchViewModel;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.kernels.CacheType;

/**
 * What is to be computed, by whatever means.
 *
 * @param model a path, or the name of a bundled model
 * @param text a path, or the name of a bundled document
 * @param available tokens of the whole text
 * @param length tokens that are read
 * @param newTokens tokens that are generated after them
 * @param cacheType how keys and values are stored
 * @param pretrainLength {@code L_pretrain}
 * @param pretrainGiven whether the user knows it better than the model's files
 * @param arms at least one, none twice
 * @param logits which attention logits the charts show
 */
public record Reproduction(
    String model,
    String text,
    int available,
    int length,
    int newTokens,
    CacheType cacheType,
    int pretrainLength,
    boolean pretrainGiven,
    List<Arm> arms,
    LogitsView logits) {

  public Reproduction {
    arms = arms.stream().distinct().toList();
  }

  /** All arms of a workbench; empty while there is nothing to compute. */
  public static Optional<Reproduction> of(WorkbenchViewModel workbench, Samples samples) {
    return of(workbench, workbench.arms().stream().map(ArmViewModel::arm).toList(), samples);
  }

  /** The selected arm of a workbench; empty while there is none, or nothing to compute. */
  public static Optional<Reproduction> ofSelected(WorkbenchViewModel workbench, Samples samples) {
    ArmViewModel arm = workbench.selectedArmProperty().get();
    return arm == null ? Optional.empty() : of(workbench, List.of(arm.arm()), samples);
  }

  private static Optional<Reproduction> of(
      WorkbenchViewModel workbench, List<Arm> arms, Samples samples) {
    Source source = workbench.models().source();
    SharedModel model = source.model();
    LoadedText text = source.text();
    if (!source.complete() || model == null || text == null || arms.isEmpty()) {
      return Optional.empty();
    }
    int pretrain = workbench.models().pretrainLengthProperty().get();
    return Optional.of(
        new Reproduction(
            named(model.model().path(), samples.model(model.model().name()).orElse(null)),
            named(text.path(), samples.document(text.name()).orElse(null)),
            workbench.availableTokens(),
            workbench.tokens().length,
            workbench.newTokensProperty().get(),
            workbench.cacheTypeProperty().get(),
            pretrain,
            pretrain != model.model().config().pretrainLength(),
            arms,
            workbench.charts().logits()));
  }

  /** What is bundled goes by its name, which is good on every machine. */
  private static String named(Path path, @Nullable Path bundled) {
    Path absolute = path.toAbsolutePath().normalize();
    return bundled != null && bundled.toAbsolutePath().normalize().equals(absolute)
        ? String.valueOf(absolute.getFileName())
        : absolute.toString();
  }
}
