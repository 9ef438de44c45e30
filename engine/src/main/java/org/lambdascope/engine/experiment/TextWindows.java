package org.lambdascope.engine.experiment;

import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.generation.EncodedContextSession;
import org.lambdascope.engine.generation.ReplugSession;
import org.lambdascope.engine.generation.TruncatingSession;

/**
 * In which windows arms read a row that do not read a whole text: those that it is scored in, or
 * those that generation goes on from. For all other arms both are the whole text.
 */
public enum TextWindows {
  /** Windows of a text that is scored. */
  SCORING,
  /** The window that is read before a token is generated. */
  GENERATION;

  /**
   * The windows in which a row was read.
   *
   * @param row position; what follows it was predicted from it
   * @param text tokens of the text that was scored; later ones were generated. {@link
   *     Edge#UNBOUNDED} where none was
   */
  public static TextWindows of(int row, int text) {
    return row < text - 1 ? SCORING : GENERATION;
  }

  /**
   * Where the window begins; 0 for arms without windows.
   *
   * @param row position
   * @param bos whether the model has a begin-of-sequence id, with which windows begin
   */
  public int start(Arm arm, int row, boolean bos) {
    boolean scoring = this == SCORING;
    return switch (arm.kind()) {
      case TRUNCATE ->
          scoring
              ? TruncatingSession.windowStart(arm.get("local"), arm.get("stride"), row)
              : TruncatingSession.generationStart(arm.get("local"), row + 1);
      case CEPE, CEPE_DISTILLED ->
          scoring
              ? EncodedContextSession.windowStart(arm.get("window"), row, bos)
              : EncodedContextSession.generationStart(arm.get("window"), row + 1, bos);
      case REPLUG ->
          scoring
              ? EncodedContextSession.windowStart(arm.get("window"), row, true)
              : ReplugSession.generationStart(arm.get("window"), row + 1);
      default -> 0;
    };
  }
}
