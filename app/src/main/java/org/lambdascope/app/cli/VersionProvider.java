package org.lambdascope.app.cli;

import org.lambdascope.app.run.ProgramVersion;
import org.lambdascope.engine.kernels.KernelsProvider;
import picocli.CommandLine.IVersionProvider;

/** The version of the program and of what it runs on. */
final class VersionProvider implements IVersionProvider {

  /** The version that the build gave the module, or "development" outside a build. */
  static String version() {
    return ProgramVersion.current();
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "Lambdascope " + version(),
      "JDK %s (%s, %s %s)"
          .formatted(
              Runtime.version(),
              System.getProperty("java.vm.name"),
              System.getProperty("os.name"),
              System.getProperty("os.arch")),
      "kernels: %s; %d processors"
          .formatted(
              KernelsProvider.load().description(), Runtime.getRuntime().availableProcessors())
    };
  }
}
