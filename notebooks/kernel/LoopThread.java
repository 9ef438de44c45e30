package org.rapaio.jupyter.kernel.channels;

/**
 * A thread that reads a channel of the kernel again and again. It stands in place of the kernel's own
 * (rapaio-jupyter-kernel 3.0.1 to 3.0.4), which raises its flag after the thread has begun: a thread
 * that is quick sees the flag down, ends at once, and the kernel never answers.
 */
public final class LoopThread extends Thread {

  private final long pause;
  private final Runnable step;
  private volatile boolean running = true;

  /**
   * A thread that has not begun.
   *
   * @param pause milliseconds between two steps
   * @param step what is done each time
   */
  public LoopThread(String name, long pause, Runnable step) {
    super(name);
    this.pause = pause;
    this.step = step;
  }

  @Override
  public void run() {
    try {
      while (running) {
        step.run();
        sleep(pause);
      }
    } catch (InterruptedException e) {
      running = false; // whoever interrupts it wants it to end
    }
  }

  /** Ends the thread after its step. */
  public void shutdown() {
    running = false;
  }
}
