package org.lambdascope.engine;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

/** The walls of the engine. Each rule says why it stands. */
@AnalyzeClasses(
    packages = "org.lambdascope.engine",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class EngineArchitectureTest {

  @ArchTest
  static final ArchRule VECTOR_API_STAYS_IN_ITS_TWIN =
      noClasses()
          .that()
          .resideOutsideOfPackage("..kernels.vector..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..")
          .because("the engine must run, slower, on a JVM without the incubating module");

  @ArchTest
  static final ArchRule NO_DESKTOP =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("javafx..", "java.awt..", "javax.swing..")
          .because("notebooks and servers use the engine without a display");

  @ArchTest
  static final ArchRule IMPORTS_POINT_DOWN =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("tensor")
          .definedBy("..engine.tensor..")
          .layer("task")
          .definedBy("..engine.task..")
          .layer("format")
          .definedBy("..engine.format..")
          .layer("kernels")
          .definedBy("..engine.kernels..")
          .layer("position")
          .definedBy("..engine.position..")
          .layer("cache")
          .definedBy("..engine.cache..")
          .layer("attention")
          .definedBy("..engine.attention..")
          .layer("probe")
          .definedBy("..engine.probe..")
          .layer("tokenizer")
          .definedBy("..engine.tokenizer..")
          .layer("retrieval")
          .definedBy("..engine.retrieval..")
          .layer("metrics")
          .definedBy("..engine.metrics..")
          .layer("model")
          .definedBy("..engine.model..")
          .layer("generation")
          .definedBy("..engine.generation..")
          .layer("experiment")
          .definedBy("..engine.experiment..")
          .layer("convert")
          .definedBy("..engine.convert..")
          .layer("spec")
          .definedBy("..engine.spec..")
          .layer("study")
          .definedBy("..engine.study..")
          .whereLayer("tensor")
          .mayNotAccessAnyLayer()
          .whereLayer("spec")
          .mayNotAccessAnyLayer()
          .whereLayer("study")
          .mayOnlyAccessLayers(
              "spec",
              "task",
              "metrics",
              "probe",
              "retrieval",
              "tokenizer",
              "model",
              "generation",
              "experiment")
          .whereLayer("task")
          .mayNotAccessAnyLayer()
          .whereLayer("format")
          .mayOnlyAccessLayers("tensor")
          .whereLayer("kernels")
          .mayOnlyAccessLayers("tensor")
          .whereLayer("position")
          .mayNotAccessAnyLayer()
          .whereLayer("cache")
          .mayOnlyAccessLayers("tensor", "kernels")
          .whereLayer("attention")
          .mayOnlyAccessLayers("kernels", "position", "cache")
          .whereLayer("probe")
          .mayOnlyAccessLayers("kernels", "attention")
          .whereLayer("tokenizer")
          .mayOnlyAccessLayers("format")
          .whereLayer("retrieval")
          .mayNotAccessAnyLayer()
          .whereLayer("metrics")
          .mayNotAccessAnyLayer()
          .whereLayer("model")
          .mayOnlyAccessLayers(
              "tensor", "task", "format", "kernels", "position", "attention", "probe", "tokenizer")
          .whereLayer("generation")
          .mayOnlyAccessLayers(
              "task", "kernels", "attention", "probe", "retrieval", "tokenizer", "model")
          .whereLayer("experiment")
          .mayOnlyAccessLayers(
              "task",
              "kernels",
              "position",
              "attention",
              "probe",
              "retrieval",
              "metrics",
              "tokenizer",
              "model",
              "generation")
          .whereLayer("convert")
          .mayOnlyAccessLayers("tensor", "task", "format", "kernels", "tokenizer", "model")
          .because("each part can then be read, tested and replaced without those above it");

  @ArchTest
  static final ArchRule FAMILIES_DO_NOT_SEE_EACH_OTHER =
      slices()
          .matching("org.lambdascope.engine.model.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              resideInAPackage("..engine.model.cepe.."), resideInAPackage("..engine.model.llama.."))
          .because(
              "adding or changing a family must not break another; CEPE wraps a LLaMA decoder");

  @ArchTest
  static final ArchRule FAMILIES_ARE_FOUND_AS_SERVICES =
      noClasses()
          .that()
          .resideOutsideOfPackage("..engine.model.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..engine.model.*..")
          .because("the registry is the list of services; nothing names a family");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("org.lambdascope.engine.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NO_STANDARD_STREAMS =
      GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.because(
          "standard output belongs to the command line's results");

  @ArchTest
  static final ArchRule NATIVE_TOKENIZERS_STAY_BEHIND_THE_INTERFACE =
      noClasses()
          .that()
          .resideOutsideOfPackage("..engine.tokenizer..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..")
          .because("the library behind a tokenizer may change");

  @ArchTest
  static final ArchRule LUCENE_STAYS_BEHIND_THE_INTERFACE =
      noClasses()
          .that()
          .resideOutsideOfPackage("..engine.retrieval..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.lucene..")
          .because("another retriever, such as a dense one, may take its place");
}
