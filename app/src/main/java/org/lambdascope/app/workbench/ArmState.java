package org.lambdascope.app.workbench;

/** Where an arm stands. */
public enum ArmState {
  /** Never run on this text. */
  IDLE,
  /** Will run when those before it are done, or when its settings have come to rest. */
  WAITING,
  /** Runs now. */
  RUNNING,
  /** Has results. */
  DONE,
  /** The user stopped it. */
  CANCELLED,
  /** It could not be run. */
  FAILED
}
