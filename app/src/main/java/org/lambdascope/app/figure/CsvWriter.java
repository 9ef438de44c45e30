package org.lambdascope.app.figure;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Writes RFC 4180 rows as they come; the same bytes in every locale. */
final class CsvWriter {

  private final Writer out;
  private boolean first = true;

  CsvWriter(OutputStream out) {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
  }

  /** A whole row of text. */
  void row(String... fields) throws IOException {
    for (String field : fields) {
      text(field);
    }
    end();
  }

  void text(String field) throws IOException {
    separate();
    boolean quote = false;
    for (int i = 0; i < field.length() && !quote; i++) {
      char c = field.charAt(i);
      quote = c == ',' || c == '"' || c == '\r' || c == '\n';
    }
    out.write(quote ? '"' + field.replace("\"", "\"\"") + '"' : field);
  }

  void number(long field) throws IOException {
    separate();
    out.write(Long.toString(field));
  }

  /** The shortest digits that give the same number back; a NaN is empty. */
  void number(double field) throws IOException {
    separate();
    if (Double.isNaN(field)) {
      return;
    }
    boolean whole = field == Math.rint(field) && Math.abs(field) < 1e15;
    out.write(whole ? Long.toString((long) field) : Double.toString(field));
  }

  /** The shortest digits that give the same number back; a NaN is empty. */
  void number(float field) throws IOException {
    if (Float.isNaN(field)) {
      number(Double.NaN);
    } else {
      separate();
      out.write(Float.toString(field));
    }
  }

  void end() throws IOException {
    out.write("\r\n");
    first = true;
  }

  void flush() throws IOException {
    out.flush();
  }

  private void separate() throws IOException {
    if (!first) {
      out.write(',');
    }
    first = false;
  }
}
