package org.lambdascope.engine.model.cepe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lambdascope.engine.attention.ContextPolicies;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.model.ContextEncoder;
import org.lambdascope.engine.model.EncodedChunk;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.model.llama.LlamaSession;
import org.lambdascope.engine.model.llama.LlamaStack;
import org.lambdascope.engine.model.llama.Sublayer;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.task.Cancellation;

/**
 * CEPE's encoder (arXiv 2402.16617 §2.1): a LLaMA without a causal mask, whose positions restart at
 * 0 in every chunk. Thread-safe: calls are serialised.
 *
 * <p>Many chunks are given a thread each; a chunk that comes alone is given the whole team. Either
 * way the memory is bounded by one session per thread, whatever the length of the context.
 */
final class CepeEncoder implements ContextEncoder {

  private static final LlamaSession[] NONE = {};

  private final LlamaStack stack;
  private final ThreadTeam team;
  private final ChunkMemory memory = new ChunkMemory();

  private int sessionTokens;
  private LlamaSession[] sessions = NONE; // one per worker, for chunks of sessionTokens

  CepeEncoder(LlamaStack stack, ThreadTeam team) {
    this.stack = stack;
    this.team = team;
  }

  @Override
  public ModelConfig config() {
    return stack.config();
  }

  /** Bytes of the weights in their files. */
  long weightBytes() {
    return stack.totals().bytes();
  }

  /** Parameters in the weights. */
  long parameters() {
    return stack.totals().parameters();
  }

  @Override
  public synchronized List<EncodedChunk> encode(List<int[]> chunks, Cancellation cancellation) {
    PhiChunk[] found = new PhiChunk[chunks.size()];
    Map<Integer, List<Integer>> missingByLength = new LinkedHashMap<>();
    for (int c = 0; c < found.length; c++) {
      int[] tokens = chunks.get(c);
      if (tokens.length == 0) {
        throw new IllegalArgumentException(
            "chunk %d: expected at least 1 token, found none".formatted(c));
      }
      found[c] = memory.find(tokens);
      if (found[c] == null) {
        missingByLength.computeIfAbsent(tokens.length, n -> new ArrayList<>()).add(c);
      }
    }
    missingByLength.forEach(
        (length, missing) -> encode(chunks, length, missing, found, cancellation));
    return List.of(found);
  }

  private void encode(
      List<int[]> chunks,
      int length,
      List<Integer> missing,
      PhiChunk[] found,
      Cancellation cancellation) {
    if (missing.size() < team.size()) {
      LlamaSession session = newSession(team, all(length));
      for (int c : missing) {
        found[c] = read(session, chunks.get(c), all(length), cancellation);
      }
    } else {
      if (sessionTokens != length) {
        sessions = new LlamaSession[team.size()];
        sessionTokens = length;
      }
      team.forEach(
          missing.size(),
          (i, worker) -> {
            LlamaSession session = sessions[worker];
            if (session == null) {
              session = newSession(ThreadTeam.single(), all(length));
              sessions[worker] = session;
            }
            int c = missing.get(i);
            found[c] = read(session, chunks.get(c), all(length), cancellation);
          });
    }
    for (int c : missing) {
      memory.put(chunks.get(c), found[c]);
    }
  }

  @Override
  public synchronized EncodedChunk encode(
      int[] tokens, boolean[] visible, Cancellation cancellation) {
    if (tokens.length == 0 || tokens.length != visible.length) {
      throw new IllegalArgumentException(
          "expected a mark for each of at least 1 token, found %d tokens and %d marks"
              .formatted(tokens.length, visible.length));
    }
    if (count(visible) == 0) {
      return new PhiChunk(this, new float[0], 0, config().hiddenSize());
    }
    return read(newSession(team, visible), tokens, visible, cancellation);
  }

  private LlamaSession newSession(ThreadTeam on, boolean[] visible) {
    return stack.newSession(
        on, ContextPolicies.bidirectional(visible), visible.length, Probe.NONE, Sublayer.NONE);
  }

  private PhiChunk read(
      LlamaSession session, int[] tokens, boolean[] visible, Cancellation cancellation) {
    session.reset();
    session.forward(tokens, 0, tokens.length, cancellation);
    int width = config().hiddenSize();
    int kept = count(visible);
    float[] rows = new float[kept * width];
    int next = 0;
    for (int t = 0; t < tokens.length; t++) {
      if (visible[t]) {
        session.hidden(t, 1, rows, next);
        next += width;
      }
    }
    return new PhiChunk(this, rows, kept, width);
  }

  private static boolean[] all(int length) {
    boolean[] visible = new boolean[length];
    Arrays.fill(visible, true);
    return visible;
  }

  private static int count(boolean[] visible) {
    int n = 0;
    for (boolean v : visible) {
      n += v ? 1 : 0;
    }
    return n;
  }

  @Override
  public long contextBytes(long tokens, int chunk) {
    long rows =
        tokens / chunk * Math.ceilDiv(chunk, Kernels.BLOCK)
            + Math.ceilDiv(tokens % chunk, (long) Kernels.BLOCK);
    return rows * Kernels.BLOCK * config().hiddenSize() * Float.BYTES;
  }
}
