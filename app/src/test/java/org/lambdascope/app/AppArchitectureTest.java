package org.lambdascope.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

/** The walls of the app. Each rule says why it stands. */
@AnalyzeClasses(
    packages = "org.lambdascope.app",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class AppArchitectureTest {

  @ArchTest
  static final ArchRule VIEW_MODELS_NEED_NO_TOOLKIT =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("ViewModel")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "javafx.scene..", "javafx.stage..", "javafx.application..", "javafx.animation..")
          .because("what a window does must be testable without one");

  @ArchTest
  static final ArchRule VIEW_MODELS_DO_NOT_SEE_VIEWS =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("ViewModel")
          .should()
          .dependOnClassesThat(
              simpleNameEndingWith("View").and(resideOutsideOfPackage("..app.figure..")))
          .because("views follow view-models, never the other way");

  @ArchTest
  static final ArchRule ONLY_COMMON_TOUCHES_THE_FX_THREAD =
      noClasses()
          .that()
          .resideOutsideOfPackages("..app.common..", "..app.shell..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("javafx.application.Platform")
          .because("threads meet in one place; the shell starts and stops the toolkit");

  @ArchTest
  static final ArchRule FIGURES_ARE_DRAWN_WITHOUT_A_WINDOW =
      noClasses()
          .that()
          .resideInAPackage("..app.figure..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("javafx..")
          .because("the command line draws the same figures without a display");

  @ArchTest
  static final ArchRule THE_COMMAND_LINE_STARTS_WITHOUT_THE_TOOLKIT =
      noClasses()
          .that()
          .resideInAPackage("..app.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("javafx..")
          .because("it runs where there is no display, and starts in half a second");

  @ArchTest
  static final ArchRule STANDARD_STREAMS_BELONG_TO_THE_COMMAND_LINE =
      noClasses()
          .that()
          .resideOutsideOfPackage("..app.cli..")
          .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
          .because("standard output is for results");

  @ArchTest
  static final ArchRule FEATURES_FORM_NO_CYCLES =
      slices().matching("org.lambdascope.app.(*)..").should().beFreeOfCycles();
}
