package org.lambdascope.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionLogTest {

  @TempDir Path folder;

  @Test
  void everyChangeOfWhatIsComputedIsThereWithItsCommand() throws IOException {
    try (SessionFixture fixture = new SessionFixture(folder.resolve("samples"), 150)) {
      UndoHistory undo = new UndoHistory(fixture.workbench, fixture.tasks);
      ActionLog log =
          new ActionLog(
              fixture.workbench,
              undo,
              fixture.samples,
              Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC));
      fixture.run();
      fixture.workbench.setParameter(fixture.workbench.arms().get(1), "local", 20);
      fixture.tasks.pass(1000);
      fixture.tasks.workAll();
      undo.undo();
      Path other = folder.resolve("other.txt");
      Files.copy(fixture.samples.welcome().orElseThrow(), other);
      fixture.models.openText(other);
      fixture.tasks.workAll();
      assertThat(log.actions())
          .extracting(Action::what)
          .containsExactly(
              "run",
              "n_local of lm-infinite",
              "undo n_local of lm-infinite",
              "opened lambda-llama and " + other);
      assertThat(log.actions().getLast().command()).isEqualTo("lambdascope info lambda-llama");
      assertThat(log.actions().get(1).command())
          .contains("lm-infinite:global=10,local=20")
          .contains("lambdascope generate lambda-llama --prompt-file welcome.txt --length 150");
      assertThat(log.script())
          .startsWith("#!/bin/sh\n# 2026-01-31T12:00:00Z run\nlambdascope score lambda-llama");
      log.ranExperiments(Path.of("/a b/it's.yaml"), Path.of("/runs/one"), true);
      String run = log.actions().getLast().command();
      assertThat(run).isEqualTo("lambdascope run '/a b/it'\\''s.yaml' --out /runs/one --resume");
      assertThat(CommandLines.words(run))
          .containsExactly(
              "lambdascope", "run", "/a b/it's.yaml", "--out", "/runs/one", "--resume");
    }
  }
}
