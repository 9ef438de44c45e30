package org.rapaio.jupyter.kernel.channels;

/**
 * A thread that reads a channel of the kernel again and again. It stands in place of the kernel's own
 * (rapaio-jupyter-kernel 3.0.1 to 3.0.4), with which the kernel often never answers, for two reasons.
 * That one raises the flag that keeps it going after it has begun, so a thread that is quick sees the
 * flag down and ends. And it reads before the kernel has said who handles what it reads, so a message
 * that is quick ends it too. This one waits until the kernel is connected.
 */
public final class LoopThread extends Thread {

  private final long pause;
  private final Runnable step;
  private final Thread connector = Thread.currentThread();
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
      while (running && connecting()) {
        sleep(pause);
      }
      while (running) {
        step.run();
        sleep(pause);
      }
    } catch (InterruptedException e) {
      running = false; // whoever interrupts it wants it to end
    }
  }

  /** The kernel tells no one that it is connected, but whoever connects it has then left this method. */
  private boolean connecting() {
    for (StackTraceElement frame : connector.getStackTrace()) {
      if (frame.getClassName().equals(Channels.class.getName())
          && frame.getMethodName().equals("connect")) {
        return true;
      }
    }
    return false;
  }

  /** Ends the thread after its step. */
  public void shutdown() {
    running = false;
  }
}
