package org.lambdascope.app.session;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.npy.Npy;
import org.lambdascope.app.npy.NpyArray;
import org.lambdascope.app.settings.WindowBounds;
import org.lambdascope.app.workbench.ArmSnapshot;
import org.lambdascope.app.workbench.WorkbenchContent;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmParser;
import org.lambdascope.engine.experiment.Equivalence;

/**
 * Session files: a zip with {@code session.json}, {@code document.txt} where the text is short, and
 * the arrays of the results as {@code .npy}, so that {@code numpy.load} opens it too.
 */
public final class SessionFile {

  /** Extension of session files, without the dot. */
  public static final String EXTENSION = "lambdascope";

  /** How their names end. */
  public static final String SUFFIX = "." + EXTENSION;

  private static final String JSON = "session.json";
  private static final String WINDOWS = "windows.json";
  private static final String PAGES = "pages.json";
  private static final String DOCUMENT = "document.txt";
  private static final String ARRAY = ".npy";

  /** The earliest time that a zip file knows: equal sessions give equal bytes. */
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

  private static final long MOST_ENTRY_BYTES = 1L << 30;

  private SessionFile() {}

  /** Whether a path is named as a session. */
  public static boolean isSession(Path path) {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(SUFFIX);
  }

  /**
   * Writes a session, whole or not at all, even if the machine stops.
   *
   * @throws IOException if it cannot be written; what was there before is still there
   */
  public static void write(Path file, Session session) throws IOException {
    Path target = file.toAbsolutePath();
    Path partial = target.resolveSibling(".lambdascope-" + UUID.randomUUID() + ".part");
    try {
      try (FileChannel channel =
              FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          ZipOutputStream zip =
              new ZipOutputStream(
                  new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16))) {
        zip.setLevel(Deflater.BEST_SPEED);
        write(zip, session);
        zip.finish();
        zip.flush();
        channel.force(true);
      }
      try {
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        // Some network file systems: the file is complete all the same.
        Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static void write(ZipOutputStream zip, Session session) throws IOException {
    ResultArrays.Sink sink = (name, npy) -> put(zip, name + ARRAY, npy);
    WorkbenchContent content = session.content();
    IdentityHashMap<int[], String> texts = new IdentityHashMap<>();
    List<SessionJson.Column> columns = new ArrayList<>();
    for (WorkbenchContent.Column column : content.columns()) {
      ArmSnapshot shown = column.shown();
      SessionJson.Result result = null;
      if (shown != null) {
        String tokens = texts.get(shown.tokens());
        if (tokens == null) {
          tokens = "tokens/" + texts.size();
          texts.put(shown.tokens(), tokens);
          sink.put(tokens, Npy.of(shown.tokens(), shown.tokens().length));
        }
        result = ResultArrays.write(shown, tokens, "results/%d/".formatted(columns.size()), sink);
      }
      columns.add(column(column, result));
    }
    DocumentReference document = session.document();
    Map<String, WindowBounds> windows = session.windows();
    if (windows != null) {
      put(zip, WINDOWS, SessionJson.bytes(windows));
    }
    PageState pages = session.pages();
    if (pages != null) {
      put(zip, PAGES, SessionJson.bytes(pages));
    }
    String text = document == null ? null : document.text();
    if (text != null) {
      put(zip, DOCUMENT, text.getBytes(StandardCharsets.UTF_8));
    }
    put(
        zip,
        JSON,
        SessionJson.bytes(
            new SessionJson.Root(
                SessionJson.VERSION,
                session.model(),
                document == null
                    ? null
                    : new SessionJson.Document(
                        document.path(), document.name(), document.sha256(), text != null),
                content.pretrainLength(),
                content.length(),
                content.newTokens(),
                content.cacheType(),
                columns,
                content.selected(),
                content.pinned(),
                content.position(),
                session.view(),
                session.history())));
  }

  private static SessionJson.Column column(
      WorkbenchContent.Column column, SessionJson.@Nullable Result result) {
    Equivalence e = column.equivalence();
    return new SessionJson.Column(
        column.arm().toString(),
        column.state(),
        column.stale(),
        e == null
            ? null
            : new SessionJson.Vanilla(
                e.mayDifferAt(), e.compared(), e.maxDifference(), e.differedAt()),
        result);
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(EPOCH);
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  /**
   * Reads a session.
   *
   * @throws IOException with one message that says what was expected, what was found, and where
   */
  public static Session read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "%s: expected a session file, found %s"
              .formatted(file, Files.isDirectory(file) ? "a folder" : "nothing there"));
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return new Reader(zip).read();
    } catch (ZipException e) {
      throw new IOException(
          "%s: expected a session (a zip file with %s), found a file that is cut off or no zip file: %s"
              .formatted(file, JSON, e.getMessage()),
          e);
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      throw new IOException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Reads what an open zip file holds. */
  private static final class Reader {
    private final ZipFile zip;
    private final Map<String, int[]> texts = new HashMap<>();

    Reader(ZipFile zip) {
      this.zip = zip;
    }

    Session read() throws IOException {
      SessionJson.Root root = parsed(JSON, SessionJson::read);
      List<WorkbenchContent.Column> columns = new ArrayList<>();
      for (SessionJson.Column column : root.arms()) {
        columns.add(column(column, root));
      }
      SessionJson.Document document = root.document();
      return new Session(
          root.model(),
          document == null
              ? null
              : new DocumentReference(
                  document.path(),
                  document.name(),
                  document.sha256(),
                  document.kept() ? new String(bytes(DOCUMENT), StandardCharsets.UTF_8) : null),
          new WorkbenchContent(
              root.pretrainLength(),
              root.length(),
              root.newTokens(),
              root.cache(),
              columns,
              root.selected(),
              root.reference(),
              root.position()),
          root.view(),
          optional(WINDOWS, SessionJson::readWindows),
          optional(PAGES, SessionJson::readPages),
          root.history());
    }

    /** Reads what an entry says. */
    private interface Parser<T> {
      T read(byte[] bytes) throws IOException;
    }

    private <T> @Nullable T optional(String name, Parser<T> parser) throws IOException {
      return zip.getEntry(name) == null ? null : parsed(name, parser);
    }

    private <T> T parsed(String name, Parser<T> parser) throws IOException {
      byte[] bytes = bytes(name);
      try {
        return parser.read(bytes);
      } catch (IOException e) {
        throw new IOException("%s: %s".formatted(name, e.getMessage()), e);
      }
    }

    private WorkbenchContent.Column column(SessionJson.Column column, SessionJson.Root root)
        throws IOException {
      int pretrainLength = root.pretrainLength();
      SessionJson.Vanilla e = column.equivalence();
      SessionJson.Result result = column.result();
      return new WorkbenchContent.Column(
          arm(column.arm(), pretrainLength),
          result == null
              ? null
              : ResultArrays.read(
                  result,
                  arm(result.arm(), pretrainLength),
                  root.cache(),
                  tokens(result),
                  this::array),
          column.stale(),
          column.state(),
          e == null
              ? null
              : new Equivalence(e.mayDifferAt(), e.compared(), e.maxDifference(), e.differedAt()));
    }

    private static Arm arm(String text, int pretrainLength) throws IOException {
      try {
        return ArmParser.parse(text, Math.max(1, pretrainLength));
      } catch (IllegalArgumentException e) {
        throw new IOException("%s: arm '%s': %s".formatted(JSON, text, e.getMessage()), e);
      }
    }

    private int[] tokens(SessionJson.Result result) throws IOException {
      int[] known = texts.get(result.tokens());
      int[] tokens = known == null ? array(result.tokens()).ints(result.tokenCount()) : known;
      texts.put(result.tokens(), tokens);
      return tokens;
    }

    private NpyArray array(String name) throws IOException {
      return NpyArray.read(bytes(name + ARRAY), name + ARRAY);
    }

    private byte[] bytes(String name) throws IOException {
      ZipEntry entry = zip.getEntry(name);
      if (entry == null) {
        throw new IOException("expected the entry %s, found none of that name".formatted(name));
      }
      if (entry.getSize() > MOST_ENTRY_BYTES) {
        throw new IOException(
            "%s: expected at most %d bytes, found %d"
                .formatted(name, MOST_ENTRY_BYTES, entry.getSize()));
      }
      byte[] bytes;
      try (InputStream in = zip.getInputStream(entry)) {
        bytes = in.readNBytes((int) MOST_ENTRY_BYTES);
      } catch (ZipException | EOFException e) {
        throw new IOException(
            "%s: expected %d bytes, found damaged ones: %s"
                .formatted(name, entry.getSize(), e.getMessage()),
            e);
      }
      CRC32 sum = new CRC32();
      sum.update(bytes);
      if (sum.getValue() != entry.getCrc()) {
        throw new IOException(
            "%s: expected the checksum %08x, found %08x: the file is damaged"
                .formatted(name, entry.getCrc(), sum.getValue()));
      }
      return bytes;
    }
  }
}
