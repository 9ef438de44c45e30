package org.lambdascope.app.models;

import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.LanguageModel;

/**
 * An open model that several jobs may be reading when the user opens another one. Its files stay
 * mapped until the last job has let go. Thread-safe.
 */
public final class SharedModel {

  private final LanguageModel model;
  private int users;
  private boolean retired;

  /** Takes over the model: it is closed when this is retired and unused. */
  public SharedModel(LanguageModel model) {
    this.model = model;
  }

  /** The model; compute with it only between {@link #acquire} and {@link #release}. */
  public LanguageModel model() {
    return model;
  }

  /** Its decoder, with keys and values stored in some type. */
  public Decoder decoder(CacheType cache) {
    Decoder decoder = model.decoder();
    return cache == CacheType.F32 ? decoder : decoder.storing(cache);
  }

  /**
   * Keeps the model open until {@link #release}.
   *
   * @throws IllegalStateException if it was retired
   */
  public void acquire() {
    if (!tryAcquire()) {
      throw new IllegalStateException(model.path() + " was closed");
    }
  }

  /**
   * Keeps the model open until {@link #release}, unless it was retired.
   *
   * @return whether it is open
   */
  public synchronized boolean tryAcquire() {
    if (!retired) {
      users++;
    }
    return !retired;
  }

  /** Ends one {@link #acquire}. */
  public void release() {
    boolean close;
    synchronized (this) {
      users--;
      close = retired && users == 0;
    }
    if (close) {
      model.close();
    }
  }

  /** Closes the model as soon as nobody uses it. */
  public void retire() {
    boolean close;
    synchronized (this) {
      close = !retired && users == 0;
      retired = true;
    }
    if (close) {
      model.close();
    }
  }
}
