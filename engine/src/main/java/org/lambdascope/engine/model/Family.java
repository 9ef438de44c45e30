package org.lambdascope.engine.model;

import java.util.Set;
import org.lambdascope.engine.format.HfConfig;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.format.gguf.GgufFile;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;

/**
 * A family of models: reads its configurations and builds its decoder. Families are found as
 * services, so adding one touches its own package and one line of {@code module-info}.
 */
public interface Family {

  /**
   * What its models are called: {@code model_type} and {@code general.architecture}, or a class
   * name in {@code architectures} where the type is another family's.
   */
  Set<String> architectures();

  /**
   * Builds a decoder from a Hugging Face folder.
   *
   * @throws ModelFormatException if the configuration or a weight is not what it should be
   */
  Decoder open(HfConfig config, WeightSource weights, Kernels kernels, ThreadTeam team)
      throws ModelFormatException;

  /**
   * Says a checkpoint as a GGUF file does, to be written as one. Families that do not say how
   * refuse.
   *
   * @throws ModelFormatException if the configuration is not what it should be, or a GGUF file
   *     cannot say it
   */
  default GgufModel toGguf(HfConfig config, WeightSource weights) throws ModelFormatException {
    throw new ModelFormatException(
        config.location(),
        "family %s: expected one that can be written as GGUF, found one that is not converted"
            .formatted(architectures()));
  }

  /**
   * Builds a decoder from a GGUF file. Families that do not say how refuse.
   *
   * @throws ModelFormatException if the metadata or a weight is not what it should be
   */
  default Decoder open(GgufFile file, Kernels kernels, ThreadTeam team)
      throws ModelFormatException {
    throw new ModelFormatException(
        file.location(),
        "family %s: expected a Hugging Face folder, found a GGUF file, which is not read for it"
            .formatted(architectures()));
  }
}
