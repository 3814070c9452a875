// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.embedded.SparkApp;
import io.plimsoll.embedded.SparkCluster;
import io.plimsoll.embedded.SubmitSpec;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.QueryPlan;
import io.plimsoll.wire.codec.EnvelopeRecording;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the agent in a real driver tells of a real application, and what it keeps to itself. */
class SparkEventsIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Path HOME = Path.of(System.getProperty("plimsoll.test.spark-home", ""));
  private static final Path JAR = Path.of(System.getProperty("plimsoll.test.app-jar", ""));
  private static final Path AGENT = Path.of(System.getProperty("plimsoll.test.agent-jar", ""));

  @TempDir private Path folder;
  private final List<EngineEvent> events = new ArrayList<>();

  @Test
  void aDriverTellsEverythingButSecrets() throws Exception {
    Path recording = folder.resolve("driver.rec");
    run(recording);
    String bytes = Files.readString(recording, StandardCharsets.ISO_8859_1);
    assertThat(bytes.contains(EventsJob.SECRET)).as("a secret left the host").isFalse();
    assertThat(bytes.contains("AKIAIOSFODNN7EXAMPLE")).as("a key left the host").isFalse();
    assertThat(bytes.contains("customer-4711")).as("the user's own pattern").isFalse();
    read(recording);
    Set<EventKind> kinds = events.stream().map(EngineEvent::kind).collect(Collectors.toSet());
    assertThat(kinds)
        .contains(
            EventKind.APPLICATION_STARTED,
            EventKind.ENVIRONMENT,
            EventKind.SQL_STARTED,
            EventKind.SQL_PLAN_CHANGED,
            EventKind.SQL_METRICS_DEFINED,
            EventKind.SQL_METRICS,
            EventKind.SQL_ENDED,
            EventKind.EXECUTOR_ADDED,
            EventKind.EXECUTOR_REMOVED,
            EventKind.BLOCK_MANAGER_ADDED,
            EventKind.BLOCK_MANAGER_REMOVED,
            EventKind.RDD_UNPERSISTED,
            EventKind.RESOURCE_PROFILE_ADDED,
            EventKind.SPECULATIVE_TASK_SUBMITTED,
            EventKind.LISTENER_EVENTS_DROPPED,
            EventKind.EXECUTOR_METRICS,
            EventKind.APPLICATION_ENDED);
    assertQueries();
    assertTasks();
    assertStages();
    assertThat(of(EventKind.LISTENER_EVENTS_DROPPED))
        .anyMatch(
            e ->
                "plimsoll".equals(e.text(EventText.QUEUE))
                    && e.number(EventNumber.DROPPED_COUNT, -1) == 0);
  }

  private void assertQueries() {
    EngineEvent joined =
        of(EventKind.SQL_STARTED).stream()
            .filter(e -> String.valueOf(e.text(EventText.DESCRIPTION)).startsWith("select with"))
            .findFirst()
            .orElseThrow();
    QueryPlan plan = QueryPlan.parse(String.valueOf(joined.text(EventText.PLAN)));
    assertThat(plan.nodes()).hasSizeGreaterThan(5);
    assertThat(plan.nodes().get(0).name()).isEqualTo("AdaptiveSparkPlan");
    assertThat(plan.nodes()).anyMatch(node -> !node.metrics().isEmpty());
    assertThat(joined.properties().get("spark.sql.my.password")).contains("redacted");
    assertThat(of(EventKind.SQL_ENDED))
        .extracting(e -> e.number(EventNumber.SUCCEEDED, -1))
        .contains(0L, 1L)
        .doesNotContain(-1L);
  }

  private void assertTasks() {
    List<EngineEvent> tasks = of(EventKind.TASK_ENDED);
    assertThat(tasks)
        .extracting(e -> String.valueOf(e.text(EventText.FAILURE_KIND)))
        .contains("FetchFailed", "ExceptionFailure", "TaskKilled", "ExecutorLostFailure", "null");
    assertThat(tasks)
        .anyMatch(
            e ->
                e.has(EventNumber.FETCH_FAILED_SHUFFLE)
                    && "127.0.0.1".equals(e.text(EventText.FETCH_FAILED_HOST)))
        .anyMatch(e -> e.number(EventNumber.TASK_PEAK_ON_HEAP_BYTES, 0) > 0)
        .anyMatch(e -> e.number(EventNumber.SHUFFLE_LOCAL_BLOCKS, 0) > 0)
        .allMatch(e -> e.text(EventText.LOCALITY) != null);
  }

  private void assertStages() {
    List<EngineEvent> stages = of(EventKind.STAGE_COMPLETED);
    assertThat(stages).anyMatch(e -> e.text(EventText.ACCUMULATORS) != null);
    assertThat(stages).anyMatch(e -> e.number(EventNumber.STAGE_ATTEMPT, 0) == 1);
    assertThat(of(EventKind.STAGE_SUBMITTED))
        .anyMatch(e -> String.valueOf(e.text(EventText.PERSISTED_RDDS)).contains("kept"));
    for (EngineEvent stage : stages) {
      long tasks =
          of(EventKind.TASK_ENDED).stream()
              .filter(
                  e ->
                      e.number(EventNumber.STAGE_ID, -1) == stage.number(EventNumber.STAGE_ID, -2)
                          && e.number(EventNumber.STAGE_ATTEMPT, -1)
                              == stage.number(EventNumber.STAGE_ATTEMPT, -2)
                          && e.epochMillis() <= stage.epochMillis())
              .mapToLong(e -> e.number(EventNumber.SHUFFLE_WRITE_BYTES, 0))
              .sum();
      assertThat(stage.number(EventNumber.SHUFFLE_WRITE_BYTES, -1)).isGreaterThanOrEqualTo(tasks);
    }
    assertThat(of(EventKind.EXECUTOR_METRICS))
        .anyMatch(e -> e.number(EventNumber.PEAK_HEAP_BYTES, 0) > 0 && e.has(EventNumber.STAGE_ID));
  }

  private List<EngineEvent> of(EventKind kind) {
    return events.stream().filter(e -> e.kind() == kind).toList();
  }

  private void run(Path recording) throws Exception {
    Path classes =
        Path.of(EventsJob.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path state = Files.createDirectory(folder.resolve("state"));
    String secret = EventsJob.SECRET;
    SubmitSpec job =
        SubmitSpec.of("events", JAR, EventsJob.class.getName(), List.of(state.toString()))
            .withDriverClassPath(List.of(classes))
            .withDriverJvmOptions(
                List.of(
                    "-XX:TieredStopAtLevel=1",
                    "-javaagent:"
                        + AGENT.toAbsolutePath().normalize()
                        + "=file="
                        + recording
                        + ",farewell=30s",
                    "-Djavax.net.ssl.keyStorePassword=" + secret,
                    "-Dmy.secret=" + secret + " with blanks " + secret))
            .withConf(
                Map.ofEntries(
                    Map.entry("spark.executor.extraClassPath", classes.toString()),
                    Map.entry(
                        "spark.executor.extraJavaOptions",
                        "-XX:TieredStopAtLevel=1 -Dx.token=" + secret),
                    Map.entry("spark.executorEnv.AWS_SECRET_ACCESS_KEY", secret),
                    Map.entry("spark.hadoop.fs.s3a.secret.key", secret),
                    Map.entry("spark.sql.redaction.string.regex", "customer-[0-9]+"),
                    Map.entry("spark.executor.memory", "600m"),
                    Map.entry("spark.executor.cores", "1"),
                    Map.entry("spark.ui.enabled", "false"),
                    Map.entry("spark.task.maxFailures", "2"),
                    Map.entry("spark.executor.heartbeatInterval", "500ms"),
                    Map.entry("spark.executor.metrics.pollingInterval", "100ms"),
                    Map.entry("spark.speculation", "true"),
                    Map.entry("spark.speculation.interval", "100ms"),
                    Map.entry("spark.speculation.quantile", "0.5"),
                    Map.entry("spark.speculation.multiplier", "1.5")));
    SparkCluster.Spec spec = new SparkCluster.Spec(HOME, folder.resolve("work"), 2, 1, 1L << 30);
    try (SparkCluster cluster = SparkCluster.start(spec)) {
      SparkApp app = cluster.submit(job);
      assertThat(app.waitFor(LIMIT)).as(() -> text(app.stderr())).hasValue(0);
    }
  }

  private void read(Path recording) throws Exception {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(recording))) {
      EnvelopeRecording.read(in, this::take);
    }
  }

  private void take(Envelope envelope) {
    assertThat(envelope.loss()).isEqualTo(LossCounters.NONE);
    events.addAll(envelope.events());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException gone) {
      return gone.toString();
    }
  }
}
