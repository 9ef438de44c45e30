package org.lambdascope.app.run;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.kernels.CacheType;

/** A unit of an experiment would need more memory than there is. */
public final class DoesNotFitException extends IOException {

  private static final long serialVersionUID = 1;

  private final @Nullable CacheType fitting;

  /**
   * Says what does not fit, and what would.
   *
   * @param fitting a cache with which all units fit; null if there is none
   */
  DoesNotFitException(String message, @Nullable CacheType fitting) {
    super(message);
    this.fitting = fitting;
  }

  /** A way to store keys and values with which all units fit. */
  public Optional<CacheType> fitting() {
    return Optional.ofNullable(fitting);
  }
}
