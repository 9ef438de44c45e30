package org.lambdascope.app.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** A writer that remembers why it could not write; {@link PrintWriter} keeps only that it did. */
final class OutputWriter extends PrintWriter {

  private final Remembering stream;

  OutputWriter(OutputStream out, Charset charset) {
    this(new Remembering(out), charset);
  }

  private OutputWriter(Remembering stream, Charset charset) {
    super(stream, false, charset);
    this.stream = stream;
  }

  /** The first failure, or null. A reader that has left, such as {@code head}, is none. */
  @Nullable IOException failure() {
    flush();
    IOException failure = stream.failure;
    return failure == null || readerLeft(failure) ? null : failure;
  }

  private static boolean readerLeft(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.contains("Broken pipe")
        || message.contains("pipe is being closed")
        || message.contains("pipe has been ended");
  }

  /** Passes bytes on until that fails. */
  private static final class Remembering extends FilterOutputStream {
    private volatile @Nullable IOException failure;

    Remembering(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        }
        throw e;
      }
    }
  }
}
