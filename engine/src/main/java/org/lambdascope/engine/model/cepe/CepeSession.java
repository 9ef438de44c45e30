package org.lambdascope.engine.model.cepe;

import org.lambdascope.engine.attention.KeyValueRecord;
import org.lambdascope.engine.model.ContextDecoderSession;
import org.lambdascope.engine.model.DecoderSession;
import org.lambdascope.engine.model.EncodedContext;
import org.lambdascope.engine.task.Cancellation;

/** One text in the decoder, with the context that it attends to. */
final class CepeSession implements ContextDecoderSession {

  private final DecoderSession decoder;
  private final CrossAttention cross;
  private final CepeEncoder encoder;

  /**
   * Joins the two.
   *
   * @param decoder a session of the base decoder that calls {@code cross} in its layers
   */
  CepeSession(DecoderSession decoder, CrossAttention cross, CepeEncoder encoder) {
    this.decoder = decoder;
    this.cross = cross;
    this.encoder = encoder;
  }

  @Override
  public void attendTo(EncodedContext context) {
    cross.attendTo(context, encoder);
  }

  @Override
  public long contextBytes() {
    return cross.bytes();
  }

  @Override
  public int position() {
    return decoder.position();
  }

  @Override
  public void forward(int[] tokens, int offset, int count, Cancellation cancellation) {
    decoder.forward(tokens, offset, count, cancellation);
  }

  @Override
  public void logits(int row, int rows, float[] out, int outOffset) {
    decoder.logits(row, rows, out, outOffset);
  }

  @Override
  public void assume(int count) {
    decoder.assume(count);
  }

  @Override
  public void restore(KeyValueRecord recorded, int to) {
    decoder.restore(recorded, to);
  }

  @Override
  public long cacheBytes() {
    return decoder.cacheBytes();
  }

  @Override
  public void reset() {
    decoder.reset();
  }
}
