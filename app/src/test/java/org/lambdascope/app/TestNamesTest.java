package org.lambdascope.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.platform.commons.annotation.Testable;

/** Surefire and Failsafe choose classes by their names: a test under another one would not run. */
@AnalyzeClasses(
    packages = "org.lambdascope.app",
    importOptions = ImportOption.OnlyIncludeTests.class)
final class TestNamesTest {

  @ArchTest
  static final ArchRule TESTS_ARE_FOUND =
      methods()
          .that()
          .areMetaAnnotatedWith(Testable.class)
          .should()
          .beDeclaredInClassesThat()
          .haveNameMatching(".*(Test|Properties|IT|Screenshots)(\\$.*)?");
}
