package org.lambdascope.app.workbench;

import java.util.Locale;
import org.lambdascope.app.common.Formats;

/**
 * One chunk of the text as the encoder reads it.
 *
 * @param index in the text, from 0
 * @param from its first token
 * @param to one past its last token
 * @param mass share of cross-attention that the selected token gives it, 0 to 1; NaN where none is
 *     selected, or the token does not reach the chunk
 */
public record EncoderChunk(int index, int from, int to, double mass) {

  /** {@code chunk 3 · tokens 768–1,023}. */
  public String title() {
    return "chunk %s · tokens %s–%s"
        .formatted(Formats.count(index), Formats.count(from), Formats.count(to - 1L));
  }

  /** {@code 41.3 %}, or a dash where there is none. */
  public String share() {
    return Double.isNaN(mass) ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * mass);
  }
}
