package org.lambdascope.app.run;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;

/** The version of the program, which is part of a run's configuration. */
public final class ProgramVersion {

  private ProgramVersion() {}

  /** The version that the build gave the module, or "development" outside a build. */
  public static String current() {
    return Optional.ofNullable(ProgramVersion.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .orElse("development");
  }
}
