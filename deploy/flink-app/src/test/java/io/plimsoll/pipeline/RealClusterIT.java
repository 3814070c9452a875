// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.embedded.FlinkCluster;
import io.plimsoll.store.sqlite.SqliteStore;
import io.plimsoll.wire.Envelope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped jar on a Flink of real processes, while TaskManagers are killed, the broker goes away
 * and comes back, and the job is stopped and taken up with another parallelism. In the end every
 * profile, rollup, attempt and finding is that of the offline fold of the same envelopes.
 */
class RealClusterIT {
  private static final Duration SOON = Duration.ofSeconds(120);
  private static final Path HOME = Path.of(System.getProperty("plimsoll.test.flink-home"));
  private static final Path JAR = Path.of(System.getProperty("plimsoll.test.pipeline-jar"));
  private static final int RUNS = 6;

  @TempDir private Path folder;

  @Test
  void afterKillsOutagesAndRescaling_allIsAsTheOfflineFoldSays() throws Exception {
    List<SyntheticRun> runs = new ArrayList<>();
    List<Expected> expected = new ArrayList<>();
    List<Envelope> envelopes = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      SyntheticRun run = SyntheticRun.complete("app-faults-" + i, 100 + i);
      runs.add(run);
      expected.add(new Expected(run, folder));
      envelopes.addAll(run.disturbed());
    }
    java.util.Collections.shuffle(envelopes, new Random(7));
    List<List<Envelope>> parts = parts(envelopes, 5);
    TestBus bus = new TestBus(folder.resolve("kafka"));
    try (FlinkCluster cluster = FlinkCluster.start(spec());
        SqliteStore store = SqliteStore.open(folder.resolve("plimsoll.db"))) {
      String job = cluster.submit(JAR, PipelineJob.class.getName(), arguments(bus), 2, "");
      bus.send(parts.get(0));
      await().atMost(SOON).until(() -> !store.runs().isEmpty());

      killTaskManager(cluster, 1);
      bus.send(parts.get(1));
      cluster.startTaskManager();
      await().atMost(SOON).until(() -> isRunning(cluster, job));
      killTaskManager(cluster, 2);
      cluster.startTaskManager();
      bus.send(parts.get(2));
      await().atMost(SOON).until(() -> isRunning(cluster, job));

      bus = bus.restarted();
      bus.send(parts.get(3));
      await().atMost(SOON).until(() -> isRunning(cluster, job) && hasCheckpoint(cluster, job));

      String savepoint = cluster.stopWithSavepoint(job);
      bus.send(parts.get(4));
      String resumed =
          cluster.submit(JAR, PipelineJob.class.getName(), arguments(bus), 3, savepoint);
      for (Expected each : expected) {
        each.awaitStored(store, true);
      }
      assertThat(store.runs()).hasSize(RUNS);
      assertThat(isRunning(cluster, resumed)).isTrue();
      assertThat(restarts(cluster, job)).as("the kills were felt").isPositive();
    } finally {
      bus.close();
    }
  }

  @Test
  void aWrongArgument_isSaidWhenTheJobIsSubmitted() {
    try (FlinkCluster cluster =
        FlinkCluster.start(new FlinkCluster.Spec(HOME, folder.resolve("empty"), 0, 1, Map.of()))) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () ->
                  cluster.submit(
                      JAR, PipelineJob.class.getName(), List.of("--kafka", "127.0.0.1:1")))
          .hasMessageContaining("--store is missing");
    }
  }

  private FlinkCluster.Spec spec() {
    return new FlinkCluster.Spec(
        HOME,
        folder.resolve("cluster"),
        2,
        3,
        Map.of(
            "execution.checkpointing.interval", "1s",
            "execution.checkpointing.mode", "EXACTLY_ONCE",
            "restart-strategy.type", "fixed-delay",
            "restart-strategy.fixed-delay.attempts", "1000",
            "restart-strategy.fixed-delay.delay", "500ms",
            "heartbeat.interval", "1000",
            "heartbeat.timeout", "5000"));
  }

  private List<String> arguments(TestBus bus) {
    return List.of(
        "--kafka",
        bus.bootstrapServers(),
        "--store",
        "sqlite:" + folder.resolve("plimsoll.db"),
        "--news-every",
        "300ms",
        "--silence",
        "2s");
  }

  private static List<List<Envelope>> parts(List<Envelope> all, int count) {
    List<List<Envelope>> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(all.subList(all.size() * i / count, all.size() * (i + 1) / count));
    }
    return parts;
  }

  /** By signal 9; {@code index} counts from 1 in the order of the starts. */
  private static void killTaskManager(FlinkCluster cluster, int index) {
    ProcessHandle process = ProcessHandle.of(cluster.pids().get(index)).orElseThrow();
    assertThat(process.destroyForcibly()).isTrue();
    process.onExit().join();
  }

  private static boolean isRunning(FlinkCluster cluster, String job) {
    String vertices = cluster.get("/jobs/" + job);
    return vertices.contains("\"state\":\"RUNNING\"")
        && !vertices.contains("\"status\":\"CANCELED\"")
        && !vertices.contains("\"status\":\"SCHEDULED\"")
        && !vertices.contains("\"status\":\"INITIALIZING\"");
  }

  private static boolean hasCheckpoint(FlinkCluster cluster, String job) {
    return !cluster.get("/jobs/" + job + "/checkpoints").contains("\"completed\":0");
  }

  private static long restarts(FlinkCluster cluster, String job) {
    String metrics = cluster.get("/jobs/" + job + "/exceptions");
    return metrics.split("\"exceptionName\"", -1).length - 1L;
  }
}
