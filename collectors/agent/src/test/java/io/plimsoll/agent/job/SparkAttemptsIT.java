// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import io.plimsoll.wire.AttemptHook;
import io.plimsoll.wire.AttemptKind;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every attempt that Spark tells of is seen exactly once, on each rung of the ladder. */
class SparkAttemptsIT {
  private static final int CANCELLED_STAGE = 2;
  private static final int LAST_STAGE = 3;

  @TempDir Path folder;

  @Test
  void wovenCodeSeesEveryAttemptOnce() throws Exception {
    try (JobJvm spark = start(home(), JobJvm.agent(folder))) {
      spark.await(() -> progress(spark, AttemptHook.BYTECODE));
      List<String[]> told = spark.finish();
      assertSame(told, spark, AttemptHook.BYTECODE);
      assertProgressIsPartOfItsWhole(spark.attempts());
    }
  }

  @Test
  void aKilledProcessHasToldWhatItsAttemptsHadUsed() throws Exception {
    try (JobJvm spark = start(home(), JobJvm.agent(folder))) {
      spark.await(() -> progress(spark, AttemptHook.BYTECODE));
      spark.kill();
      List<AttemptRecord> running =
          spark.attempts().stream().filter(a -> a.stageId() == CANCELLED_STAGE).toList();
      assertThat(running).isNotEmpty().allMatch(a -> a.kind() == AttemptKind.PROGRESS);
      assertThat(running.get(running.size() - 1).cpuNanos()).isPositive();
    }
  }

  @Test
  void anAgentThatComesLaterSeesRunningAttemptsByNameAndLaterOnesByWovenCode() throws Exception {
    try (JobJvm spark = start(home())) {
      spark.await(() -> Files.exists(folder.resolve("stop.burning")));
      VirtualMachine running = VirtualMachine.attach("" + spark.pid());
      running.loadAgent(JobJvm.jar().toString(), JobJvm.options(folder));
      running.detach();
      spark.await(() -> progress(spark, AttemptHook.THREAD_NAME));
      List<String[]> told = spark.finish();
      assertThat(spark.attempts())
          .filteredOn(a -> a.hook() == AttemptHook.BYTECODE && a.stageId() == LAST_STAGE)
          .hasSize((int) told.stream().filter(t -> t[0].equals("" + LAST_STAGE)).count())
          .allMatch(a -> a.outcome() == AttemptOutcome.SUCCEEDED);
    }
  }

  @Test
  void aPluginSeesEveryAttemptOnceWithoutJvmOptions() throws Exception {
    pluginSeesAll(home());
  }

  @Test
  void besideAnAgentThePluginStepsAside() throws Exception {
    try (JobJvm spark =
        start(
            home(),
            JobJvm.agent(folder),
            "-Dspark.plugins=io.plimsoll.agent.plugin.PlimsollPlugin")) {
      assertSame(spark.finish(), spark, AttemptHook.BYTECODE);
    }
  }

  @Test
  @Tag("matrix")
  void ofSparkThreeToo() throws Exception {
    try (JobJvm spark = start(JobJvm.previous("spark"), JobJvm.agent(folder))) {
      spark.await(() -> progress(spark, AttemptHook.BYTECODE));
      assertSame(spark.finish(), spark, AttemptHook.BYTECODE);
    }
  }

  @Test
  @Tag("matrix")
  void andThePluginOfSparkThree() throws Exception {
    pluginSeesAll(JobJvm.previous("spark"));
  }

  private void pluginSeesAll(Path jars) throws Exception {
    try (JobJvm spark =
        start(
            jars,
            "-Dspark.plugins=io.plimsoll.agent.plugin.PlimsollPlugin",
            "-Dspark.plimsoll.options=" + JobJvm.options(folder))) {
      spark.await(() -> progress(spark, AttemptHook.PLUGIN));
      assertSame(spark.finish(), spark, AttemptHook.PLUGIN);
      assertThat(spark.recorded())
          .anyMatch(
              e -> e.identity().role() == Role.DRIVER && !e.identity().application().isEmpty());
    }
  }

  private JobJvm start(Path jars, String... options) throws Exception {
    List<String> all =
        new java.util.ArrayList<>(
            List.of(
                "-Dspark.master=local[2,4]",
                "-Dspark.app.name=attempts",
                "-Dspark.ui.enabled=false",
                "-Dspark.driver.host=127.0.0.1",
                "-Dspark.testing.reservedMemory=0",
                "-Dspark.local.dir=" + folder.resolve("tmp")));
    all.addAll(List.of(options));
    return JobJvm.start(folder, SparkAttemptsJob.class, jars + "/*:" + JobJvm.jar(), all);
  }

  private static Path home() {
    Path jars = Path.of(System.getProperty("plimsoll.test.spark-home", ""), "jars");
    assertThat(jars).isDirectory();
    return jars;
  }

  private static boolean progress(JobJvm spark, AttemptHook hook) throws Exception {
    return spark.attempts().stream()
            .filter(a -> a.kind() == AttemptKind.PROGRESS && a.hook() == hook)
            .filter(a -> a.stageId() == CANCELLED_STAGE)
            .map(AttemptRecord::taskId)
            .distinct()
            .count()
        == 2;
  }

  private static void assertSame(List<String[]> told, JobJvm spark, AttemptHook hook)
      throws Exception {
    List<AttemptRecord> whole =
        spark.attempts().stream().filter(a -> a.kind() == AttemptKind.WHOLE).toList();
    Map<Long, AttemptRecord> byTask =
        whole.stream().collect(Collectors.toMap(AttemptRecord::taskId, Function.identity()));
    Set<String> reasons = new HashSet<>();
    assertThat(byTask).hasSameSizeAs(told);
    for (String[] line : told) {
      AttemptRecord seen = byTask.get(Long.parseLong(line[2]));
      assertThat(seen).as(String.join(" ", line)).isNotNull();
      assertThat(seen.stageId()).isEqualTo(Integer.parseInt(line[0]));
      assertThat(seen.stageAttempt()).isEqualTo(Integer.parseInt(line[1]));
      assertThat(seen.partition()).isEqualTo(Integer.parseInt(line[3]));
      assertThat(seen.attemptNumber()).isEqualTo(Integer.parseInt(line[4]));
      assertThat(seen.outcome()).as(line[5]).isEqualTo(outcome(line[5]));
      assertThat(seen.hook()).isEqualTo(hook);
      if (hook == AttemptHook.BYTECODE) {
        assertThat(seen.cpuNanos()).isGreaterThanOrEqualTo(Long.parseLong(line[6]));
      }
      reasons.add(line[5]);
    }
    assertThat(reasons).contains("Success", "ExceptionFailure", "TaskKilled");
  }

  private static AttemptOutcome outcome(String reason) {
    switch (reason) {
      case "Success":
        return AttemptOutcome.SUCCEEDED;
      case "TaskKilled":
        return AttemptOutcome.KILLED;
      default:
        return AttemptOutcome.FAILED;
    }
  }

  static void assertProgressIsPartOfItsWhole(List<AttemptRecord> attempts) {
    Map<Long, List<AttemptRecord>> byTask =
        attempts.stream()
            .filter(a -> a.kind() == AttemptKind.PROGRESS || a.kind() == AttemptKind.WHOLE)
            .collect(Collectors.groupingBy(AttemptRecord::taskId));
    for (List<AttemptRecord> of : byTask.values()) {
      AttemptRecord whole =
          of.stream().filter(a -> a.kind() == AttemptKind.WHOLE).findFirst().orElseThrow();
      assertThat(of)
          .allMatch(a -> a.cpuNanos() <= whole.cpuNanos())
          .allMatch(a -> a.allocatedBytes() <= whole.allocatedBytes())
          .allMatch(a -> a.wallNanos() <= whole.wallNanos());
    }
  }
}
