// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.AttemptHook;
import io.plimsoll.wire.AttemptKind;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.Role;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every attempt that Flink tells of is seen exactly once, with the threads that helped it. */
class FlinkAttemptsIT {
  private static final Set<String> HELPERS =
      Set.of("source fetcher", "legacy source", "asynchronous checkpoint");

  @TempDir Path folder;

  @Test
  void wovenCodeSeesEveryAttemptAndItsHelpers() throws Exception {
    seesAll(
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.endsWith("/classes") && !entry.endsWith("test-classes"))
            .filter(entry -> !entry.contains("plimsoll"))
            .collect(Collectors.joining(File.pathSeparator)));
  }

  @Test
  @Tag("matrix")
  void ofFlinkOneToo() throws Exception {
    seesAll(JobJvm.previous("flink") + "/*");
  }

  private void seesAll(String classPath) throws Exception {
    try (JobJvm flink =
        JobJvm.start(folder, FlinkAttemptsJob.class, classPath, List.of(JobJvm.agent(folder)))) {
      flink.await(() -> helpers(flink.attempts()).containsAll(HELPERS) && restarted(flink));
      List<String[]> told = flink.finish();
      List<AttemptRecord> attempts = flink.attempts();
      Map<String, AttemptRecord> whole =
          attempts.stream()
              .filter(a -> a.kind() == AttemptKind.WHOLE)
              .collect(Collectors.toMap(AttemptRecord::attemptId, Function.identity()));
      assertThat(told).extracting(line -> line[0]).containsAll(whole.keySet());
      assertThat(told).filteredOn(line -> line[5].equals("true")).hasSizeGreaterThan(4);
      for (String[] line : told) {
        AttemptRecord seen = whole.get(line[0]);
        if (seen == null) {
          assertThat(line[5]).as("has run: %s", String.join(" ", line)).isEqualTo("false");
          continue;
        }
        assertThat(seen.operator()).isEqualTo(line[1]);
        assertThat(seen.partition()).isEqualTo(Integer.parseInt(line[2]));
        assertThat(seen.attemptNumber()).isEqualTo(Integer.parseInt(line[3]));
        assertThat(seen.outcome())
            .isEqualTo(line[4].equals("FAILED") ? AttemptOutcome.FAILED : AttemptOutcome.KILLED);
        assertThat(seen.hook()).isEqualTo(AttemptHook.BYTECODE);
      }
      assertThat(whole.values()).extracting(AttemptRecord::outcome).contains(AttemptOutcome.FAILED);
      assertThat(attempts)
          .filteredOn(a -> a.kind() == AttemptKind.HELPER)
          .allMatch(a -> whole.containsKey(a.attemptId()))
          .allMatch(a -> a.hook() == AttemptHook.BYTECODE);
      SparkAttemptsIT.assertProgressIsPartOfItsWhole(attempts);
      assertThat(flink.recorded())
          .anyMatch(
              e ->
                  e.identity().role() == Role.TASK_MANAGER
                      && e.identity().application().equals(attempts.get(0).job()));
    }
  }

  private static Set<String> helpers(List<AttemptRecord> attempts) {
    return attempts.stream()
        .filter(a -> a.kind() == AttemptKind.HELPER)
        .map(AttemptRecord::helper)
        .collect(Collectors.toSet());
  }

  /** The task that failed runs again, long enough to be sampled. */
  private static boolean restarted(JobJvm flink) throws Exception {
    return flink.attempts().stream()
        .anyMatch(a -> a.kind() == AttemptKind.PROGRESS && a.attemptNumber() == 1);
  }
}
