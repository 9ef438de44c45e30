package org.lambdascope.app.workbench;

import java.util.List;
import org.lambdascope.engine.experiment.ArmSessions;
import org.lambdascope.engine.experiment.ScoreOptions;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.experiment.ScoredText;
import org.lambdascope.engine.experiment.Scoring;
import org.lambdascope.engine.experiment.ScoringWork;
import org.lambdascope.engine.generation.ContextSession;
import org.lambdascope.engine.generation.GenerationListener;
import org.lambdascope.engine.generation.GenerationOptions;
import org.lambdascope.engine.generation.GenerationResult;
import org.lambdascope.engine.generation.Generator;
import org.lambdascope.engine.generation.SamplingOptions;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.LanguageModel;
import org.lambdascope.engine.task.Cancellation;

/** Runs arms on the engine: the same calls as the commands {@code score} and {@code generate}. */
public final class EngineArmRunner implements ArmRunner {

  private static final int CHUNK = ScoreOptions.DEFAULT.chunk();

  @Override
  public RunOutcome run(RunRequest request, RunListener listener, Cancellation cancellation) {
    request.model().acquire();
    try {
      LanguageModel model = request.model().model();
      ScoredText scored =
          Scoring.scoreAndKeep(
              request.model().decoder(request.cache()),
              request.arm(),
              request.tokens(),
              new ScoreOptions(CHUNK, request.captures()),
              request.memory(),
              (from, to, nll) -> listener.scored(nll, to),
              cancellation);
      ScoreResult score = scored.result();
      if (score.cancelled() || cancellation.cancelled()) {
        return new RunOutcome(score, null, scored.reused());
      }
      listener.scoreFinished(score);
      if (request.newTokens() == 0) {
        return new RunOutcome(score, null, scored.reused());
      }
      return new RunOutcome(
          score,
          generate(scored.session(), model, request, listener, cancellation),
          scored.reused());
    } finally {
      request.model().release();
    }
  }

  private static GenerationResult generate(
      ContextSession session,
      LanguageModel model,
      RunRequest request,
      RunListener listener,
      Cancellation cancellation) {
    // Greedy, so that arms differ only by what they see.
    GenerationOptions options =
        new GenerationOptions(request.newTokens(), SamplingOptions.GREEDY, List.of(), true, CHUNK);
    int[] ids = new int[request.newTokens()];
    float[] nll = new float[request.newTokens()];
    GenerationListener forward =
        new GenerationListener() {
          private int count;

          @Override
          public void token(int id, String text, float tokenNll) {
            ids[count] = id;
            nll[count] = tokenNll;
            count++;
            listener.generated(ids, nll, count);
          }
        };
    return Generator.generate(
        session,
        model.tokenizer(),
        request.tokens(),
        options,
        forward,
        model.kernels(),
        cancellation);
  }

  @Override
  public long predictedBytes(RunRequest request) {
    LanguageModel model = request.model().model();
    if (!ArmSessions.canRun(model.decoder(), request.arm().kind())) {
      return 0; // it will say why when it is run
    }
    int tokens = request.tokens().length;
    long cache =
        ArmSessions.predictedCacheBytes(
            request.model().decoder(request.cache()),
            request.arm(),
            CHUNK,
            tokens + request.newTokens());
    return cache
        + ArmSessions.predictedCaptureBytes(
            model.decoder(), request.arm(), request.captures(), tokens);
  }

  @Override
  public RunWork predictedWork(RunRequest request) {
    Decoder decoder = request.model().model().decoder();
    if (!ArmSessions.canRun(decoder, request.arm().kind())) {
      return RunWork.UNKNOWN;
    }
    int tokens = request.tokens().length;
    return new RunWork(
        ScoringWork.reading(decoder, request.arm(), tokens),
        request.newTokens() * ScoringWork.step(decoder, request.arm(), tokens));
  }
}
