package org.lambdascope.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.common.ErrorReport;
import org.lambdascope.app.common.ManualTaskRunner;
import org.lambdascope.app.common.RecordingDialogs;

class JobsTest {

  private final EventLog log =
      new EventLog(Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
  private final ManualTaskRunner tasks = new ManualTaskRunner();
  private long nanos;
  private final Jobs jobs = new Jobs(() -> nanos, log);
  private final ListedTasks listed = new ListedTasks(tasks, jobs);
  private final List<String> got = new ArrayList<>();

  @Test
  void workIsListedUntilItEndsAndThenWithItsDuration() {
    listed.start("open book", c -> "text", got::add, e -> got.add("failed"));
    Job job = jobs.active().getFirst();
    assertThat(job.state()).isEqualTo(Job.State.RUNNING);
    nanos = 2_500_000_000L;
    tasks.workAll();
    assertThat(got).containsExactly("text");
    assertThat(jobs.active()).isEmpty();
    assertThat(jobs.ended()).containsExactly(job);
    assertThat(job.detailProperty().get()).isEqualTo("done · 2.5 s");
    assertThat(log.text()).isEqualTo("03:04:05  open book: done · 2.5 s\n");
    jobs.clearEnded();
    assertThat(jobs.ended()).isEmpty();
  }

  @Test
  void aJobIsCancelledByItself() {
    listed.start("one", c -> 1, r -> got.add("one"), e -> got.add("stopped"));
    listed.start("two", c -> 2, r -> got.add("two"), e -> {});
    jobs.active().getFirst().cancel();
    tasks.workAll();
    assertThat(got).containsExactly("stopped", "two");
    assertThat(jobs.ended())
        .extracting(Job::state)
        .containsExactly(Job.State.DONE, Job.State.CANCELLED);
  }

  @Test
  void failuresAreWarningsInTheLog() {
    listed.start(
        "open bad",
        c -> {
          throw new IOException("no");
        },
        r -> {},
        e -> {});
    tasks.workAll();
    assertThat(log.entries().getFirst().level()).isEqualTo(EventLog.Level.WARNING);
    RecordingDialogs dialogs = new RecordingDialogs();
    LoggedDialogs logged = new LoggedDialogs(dialogs, log);
    logged.error(new ErrorReport("Cannot open", "expected a, found b", ""));
    logged.notice("Exported", "a.pdf");
    assertThat(dialogs.errors()).hasSize(1);
    assertThat(log.text())
        .contains("warning  Cannot open: expected a, found b")
        .contains("Exported: a.pdf");
    log.clear();
    assertThat(log.entries()).isEmpty();
  }

  @Test
  void oneOfTheSameTitleIsKept() {
    for (int i = 0; i < 3; i++) {
      Job job = jobs.add("run vanilla", () -> {});
      job.started();
      job.ended(Job.State.DONE, "");
    }
    assertThat(jobs.ended()).hasSize(1);
    assertThat(log.entries()).hasSize(3);
  }
}
