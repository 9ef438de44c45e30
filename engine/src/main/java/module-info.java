import org.jspecify.annotations.NullMarked;

/** The inference engine of Lambdascope: no JavaFX, no AWT. */
@NullMarked
module org.lambdascope.engine {
  uses org.lambdascope.engine.model.Family;

  provides org.lambdascope.engine.model.Family with
      org.lambdascope.engine.model.cepe.CepeFamily,
      org.lambdascope.engine.model.gptj.GptJFamily,
      org.lambdascope.engine.model.gptneox.GptNeoXFamily,
      org.lambdascope.engine.model.llama.LlamaFamily,
      org.lambdascope.engine.model.mpt.MptFamily;

  requires static transitive org.jspecify;
  requires java.logging;
  requires jdk.incubator.vector;
  requires jdk.management;
  requires transitive tools.jackson.databind;
  requires ai.djl.api;
  requires ai.djl.tokenizers;
  requires ai.djl.sentencepiece;
  requires org.apache.lucene.core;
  requires smile.core;
  requires smile.base;
  // Smile's own needs: as an automatic module it cannot say so itself.
  requires org.bytedeco.javacpp;
  requires org.bytedeco.openblas;
  requires org.slf4j;
  requires org.snakeyaml.engine;

  exports org.lambdascope.engine.attention;
  exports org.lambdascope.engine.cache;
  exports org.lambdascope.engine.convert;
  exports org.lambdascope.engine.experiment;
  exports org.lambdascope.engine.experiment.bench;
  exports org.lambdascope.engine.experiment.context;
  exports org.lambdascope.engine.format;
  exports org.lambdascope.engine.generation;
  exports org.lambdascope.engine.kernels;
  exports org.lambdascope.engine.metrics;
  exports org.lambdascope.engine.model;
  exports org.lambdascope.engine.position;
  exports org.lambdascope.engine.probe;
  exports org.lambdascope.engine.retrieval;
  exports org.lambdascope.engine.spec;
  exports org.lambdascope.engine.study;
  exports org.lambdascope.engine.task;
  exports org.lambdascope.engine.tensor;
  exports org.lambdascope.engine.tokenizer;
}
