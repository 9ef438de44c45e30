package org.lambdascope.app.shell;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What is alive in the heap after a full collection. Free space between objects, which the heap's
 * own figure counts as used, is not.
 *
 * <p>What only soft references hold, such as JavaFX's pool of pictures for effects, is alive until
 * memory is short; with {@code -XX:SoftRefLRUPolicyMSPerMB=0} it is not.
 */
final class LiveHeap {

  /** A line of a histogram: rank, objects, bytes, class. */
  private static final Pattern LINE =
      Pattern.compile("^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+)", Pattern.MULTILINE);

  private static final String FREE_SPACE = "FillerElement";
  private static final String PIXELS = "[I";
  private static final int LINES_SHOWN = 40;

  private LiveHeap() {}

  /**
   * Bytes of all objects that are alive, but for arrays of int: they are the pixels of JavaFX's
   * software renderer, tens of megabytes that it pools and frees in its own time.
   */
  static long bytes() throws JMException {
    // Twice: the first collection finds what is to be cleaned up, after which more is free.
    all();
    Matcher line = LINE.matcher(all());
    long sum = 0;
    while (line.find()) {
      boolean counted = !line.group(2).contains(FREE_SPACE) && !line.group(2).equals(PIXELS);
      sum += counted ? Long.parseLong(line.group(1)) : 0;
    }
    return sum;
  }

  /** The classes that hold the most bytes. */
  static String histogram() throws JMException {
    return all().lines().limit(LINES_SHOWN).collect(Collectors.joining("\n"));
  }

  private static String all() throws JMException {
    Object text =
        invoke(
            "com.sun.management:type=DiagnosticCommand",
            "gcClassHistogram",
            new Object[] {new String[0]},
            String[].class);
    return String.valueOf(text);
  }

  /** Writes what is alive to a file for a heap analyser, if a folder is named for such files. */
  static void dump(String name) throws IOException, JMException {
    String to = System.getProperty("lambdascope.monkey.dumps");
    if (to != null) {
      Path file = Files.createDirectories(Path.of(to)).resolve(name + ".hprof");
      Files.deleteIfExists(file);
      invoke(
          "com.sun.management:type=HotSpotDiagnostic",
          "dumpHeap",
          new Object[] {file.toAbsolutePath().toString(), true},
          String.class,
          boolean.class);
    }
  }

  private static Object invoke(String bean, String operation, Object[] arguments, Class<?>... types)
      throws JMException {
    String[] signature = new String[types.length];
    for (int i = 0; i < types.length; i++) {
      signature[i] = types[i].getName();
    }
    return ManagementFactory.getPlatformMBeanServer()
        .invoke(new ObjectName(bean), operation, arguments, signature);
  }
}
