package org.lambdascope.engine.format;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Memory in pages of 2 MiB, where Linux gives them on request. A mapped file lies in pages of 4
 * KiB, and a processor that reads weights once per token looks up so many of them that it reads
 * more slowly than memory could serve it. Elsewhere, or with {@code
 * -Dlambdascope.largePages=false}, there is none.
 */
final class LargePages {

  /** Below it, small pages are few enough for the processor to remember where they are. */
  static final long LEAST = 8L << 20;

  private static final String PROPERTY = "lambdascope.largePages";
  private static final Logger LOG = Logger.getLogger(LargePages.class.getName());
  private static final Path MODES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final long PAGE = 2L << 20;

  // The same on all of Linux: sys/mman.h.
  private static final int READ_AND_WRITE = 3;
  private static final int PRIVATE_AND_ANONYMOUS = 0x22;
  private static final int ADVICE_HUGE = 14;

  private LargePages() {}

  /**
   * Zeros in large pages, from the beginning of one on.
   *
   * @param arena that gives them back when it is closed
   * @return null where there are none, or memory has better use: for more than a quarter of it, or
   *     half of what is free
   */
  static @Nullable MemorySegment allocate(long bytes, Arena arena) {
    if (bytes < LEAST || !isOffered() || bytes > room()) {
      return null;
    }
    try {
      return map(bytes, arena);
    } catch (
        Throwable e) { // whatever a call of the system may throw: it is a matter of speed alone
      LOG.log(Level.FINE, "no large pages", e);
      return null;
    }
  }

  /** Whether the system has them and this program may ask. */
  static boolean isOffered() {
    try {
      return Boolean.parseBoolean(System.getProperty(PROPERTY, "true"))
          && LargePages.class.getModule().isNativeAccessEnabled()
          && Files.isReadable(MODES)
          && !Files.readString(MODES).contains("[never]");
    } catch (IOException e) {
      return false;
    }
  }

  private static long room() {
    long all =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    try (Stream<String> lines = Files.lines(MEMORY)) {
      long free =
          lines
              .filter(line -> line.startsWith("MemAvailable:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
              .findFirst()
              .orElse(0);
      return Math.min(all / 4, free / 2);
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  @SuppressWarnings("restricted") // asked for above
  private static @Nullable MemorySegment map(long bytes, Arena arena) throws Throwable {
    ValueLayout.OfLong size = ValueLayout.JAVA_LONG;
    ValueLayout.OfInt flag = ValueLayout.JAVA_INT;
    MethodHandle mmap =
        function("mmap", FunctionDescriptor.of(size, size, size, flag, flag, flag, size));
    MethodHandle munmap = function("munmap", FunctionDescriptor.of(flag, size, size));
    MethodHandle madvise = function("madvise", FunctionDescriptor.of(flag, size, size, flag));
    long whole = (bytes + PAGE - 1) / PAGE * PAGE;
    long mapped = whole + PAGE; // the system aligns to small pages
    long address =
        (long) mmap.invokeExact(0L, mapped, READ_AND_WRITE, PRIVATE_AND_ANONYMOUS, -1, 0L);
    if (address == -1) {
      return null;
    }
    long first = (address + PAGE - 1) / PAGE * PAGE;
    int refused = (int) madvise.invokeExact(first, whole, ADVICE_HUGE);
    if (refused != 0) {
      unmap(munmap, address, mapped);
      return null;
    }
    return MemorySegment.ofAddress(first)
        .reinterpret(bytes, arena, gone -> unmap(munmap, address, mapped));
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type);
  }

  private static void unmap(MethodHandle munmap, long address, long bytes) {
    try {
      int failed = (int) munmap.invokeExact(address, bytes);
      if (failed != 0) {
        LOG.fine("large pages were not given back");
      }
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
