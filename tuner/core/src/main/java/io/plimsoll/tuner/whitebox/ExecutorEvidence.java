// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.whitebox;

import io.plimsoll.profile.EvidenceGrade;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.wire.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a run's executors showed together.
 *
 * @param executors those that told their memory, each
 * @param peakExecutionBytes highest execution memory of any one task, in Spark's own accounting
 * @param rest what the heap of the fullest executor held at its highest besides execution memory
 * @param cachedBytes at most this much of it are cached blocks: what an executor's rest rose to
 *     above its lowest level. Nothing in the profile tells blocks from other objects
 */
record ExecutorEvidence(
    List<JvmEvidence> executors, long peakExecutionBytes, HeapRest.Rest rest, long cachedBytes) {
  ExecutorEvidence {
    executors = List.copyOf(executors);
  }

  /**
   * The evidence of a run.
   *
   * @param slots tasks at once in one executor
   */
  static ExecutorEvidence of(RunProfile run, int slots) {
    List<JvmEvidence> executors = new ArrayList<>();
    HeapRest rest = new HeapRest(run.stages(), slots);
    HeapRest.Rest most = HeapRest.Rest.NOTHING;
    long cached = 0;
    for (ProcessProfile process : run.processes(Role.EXECUTOR)) {
      if (process.lastSampleMillis() > 0) {
        JvmEvidence executor =
            JvmEvidence.of("executor:" + process.identity().executorId(), process);
        HeapRest.Rest held = rest.of(executor);
        executors.add(executor.settledAtMost(held.bytes()));
        most = held.higher(most);
        cached = Math.max(cached, held.bytes() - executor.lowestLevelBytes());
      }
    }
    return new ExecutorEvidence(executors, run.engineSums().peakExecutionBytes(), most, cached);
  }

  /** The grade of the rest; NONE when no executor collected. */
  EvidenceGrade grade() {
    return collections() == 0 ? EvidenceGrade.NONE : rest.grade();
  }

  /** The highest value over the executors; -1 without any. */
  long highest(ToLongFunction<JvmEvidence> value) {
    return executors.stream().mapToLong(value).max().orElse(-1);
  }

  long collections() {
    return executors.stream().mapToLong(each -> each.gc().collections()).sum();
  }
}
