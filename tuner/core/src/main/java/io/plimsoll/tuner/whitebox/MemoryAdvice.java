// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.whitebox;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.profile.ContainerSize;
import io.plimsoll.profile.EvidenceGrade;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.SparkSize;
import io.plimsoll.tuner.recommendation.Change;
import io.plimsoll.tuner.recommendation.Interval;
import io.plimsoll.tuner.spark.SparkMemory;
import io.plimsoll.tuner.spark.SparkSlots;
import java.util.List;

/** Heap and overhead of the executors. */
final class MemoryAdvice {
  static final String HEAP_KEY = "spark.executor.memory";
  static final String OVERHEAD_KEY = "spark.executor.memoryOverhead";
  static final String ONE_RUN =
      "One run alone cannot say how often the next one needs more (distribution-free: up to one in"
          + " two); ";

  /** A step smaller than this is not worth a change. */
  private static final double LEAST_GAIN = 0.03;

  private final RunProfile run;
  private final List<Finding> findings;
  private final ExecutorEvidence evidence;
  private final SparkSlots slots;
  private final ContainerSize asked;
  private final Advice advice;

  MemoryAdvice(
      RunProfile run,
      List<Finding> findings,
      ExecutorEvidence evidence,
      SparkSlots slots,
      Advice advice) {
    this.run = run;
    this.findings = List.copyOf(findings);
    this.evidence = evidence;
    this.slots = slots;
    this.asked = ContainerSize.executor(run.config());
    this.advice = advice;
  }

  /**
   * Adds what is advised.
   *
   * @param crowding how many times as much each executor of the next run holds, at least 1
   */
  void advise(double crowding) {
    long heap = heap(crowding);
    overhead(heap);
  }

  /** The heap of the next run. */
  private long heap(double crowding) {
    long from = asked.heapBytes();
    if (evidence.executors().isEmpty()) {
      advice.abstain(
          HEAP_KEY,
          "no executor told of its heap",
          "the agent in the executors; with spark.eventLog.logStageExecutorMetrics=true a log has at"
              + " least the peaks");
      return from;
    }
    if (evidence.grade() == EvidenceGrade.NONE) {
      advice.abstain(
          HEAP_KEY,
          "no executor collected garbage, so nothing is known of what it holds",
          "a run long enough for a collection, or -XX:G1PeriodicGCInterval in the executors");
      return from;
    }
    long limit = evidence.highest(JvmEvidence::heapMaxBytes);
    if (limit > 0 && Math.abs(limit - from) > from / 10) {
      advice.abstain(
          HEAP_KEY,
          "the executors' heap limit is "
              + ChangeDraft.mebibytes(limit)
              + ", not what the configuration says",
          "executors that were started by this configuration");
      return from;
    }
    HeapModel model = new HeapModel(run, evidence, slots);
    HeapModel.Heap smallest = model.smallest(from, crowding);
    if (smallest.bytes() > from * (1 - LEAST_GAIN)) {
      advice.abstain(
          HEAP_KEY,
          "no smaller heap holds what was seen within a slowdown of 5 %",
          "a mixed or full collection at the time of the highest level, if the grade is bound");
      return from;
    }
    advice.change(heapChange(model, smallest, crowding));
    return smallest.bytes();
  }

  private Change heapChange(HeapModel model, HeapModel.Heap heap, double crowding) {
    JvmEvidence hit = heap.hardestHit();
    ChangeDraft draft =
        new ChangeDraft(HEAP_KEY, from(HEAP_KEY, asked.heapBytes()))
            .size("rest", evidence.rest().bytes())
            .size("cachedAtMost", evidence.cachedBytes())
            .size("peakExecution", evidence.peakExecutionBytes())
            .size("managed(heap)", SparkMemory.managedBytes(heap.bytes(), run.config()))
            .size("highestAfterCollection", evidence.highest(each -> each.gc().maxHeapAfterBytes()))
            .size("settled", hit.settledBytes())
            .size("allocatedPerCollection", Math.max(0, hit.bytesPerCollection()))
            .seconds("gcTime", hit.gcMillis())
            .seconds("lifetime", hit.lifetimeMillis())
            .input("hardestHit", hit.component())
            .input("collections", String.valueOf(evidence.collections()))
            .input("slots", String.valueOf(slots.perExecutor()))
            .percent("gcSlowdown", heap.gcSlowdown())
            .percent("spillSlowdown", heap.spillSlowdown())
            .size("spillAtMost", heap.spilledBytes());
    if (crowding > 1) {
      draft.input("crowding", String.valueOf(crowding));
    }
    return draft.make(
        SparkSize.format(heap.bytes()),
        "the smallest heap, in steps of 16 MiB from Spark's minimum of 450 MiB, with 0.9 * heap >="
            + " rest + min(slots * peakExecution, managed(heap)), managed(heap) >= cachedAtMost and"
            + " gcSlowdown + spillSlowdown <= 5 %; gcSlowdown = gcTime / lifetime *"
            + " (allocatedPerCollection / (0.4 * (heap - settled)) - 1)",
        evidence.grade(),
        new Interval(
            SparkMemory.LEAST_HEAP_BYTES,
            Math.max(heap.bytes(), model.highestNeedBytes()),
            "bytes",
            0.5,
            "from Spark's minimum to the heap that holds the highest level after any collection,"
                + " garbage included; n = 1 run"),
        ONE_RUN
            + "levels after collections count garbage as need where no task's execution memory"
            + " explains it, and a tenth of the heap stays free. Too small shows first as"
            + " collections and spill, at worst as OutOfMemoryError.",
        "OutOfMemoryError, a lost executor, results that differ, wall time above 1.10 of this"
            + " run's, or GC above 15 % of CPU time");
  }

  private void overhead(long heap) {
    if (asked.offHeapBytes() > 0 || asked.pysparkBytes() > 0) {
      advice.abstain(
          OVERHEAD_KEY,
          "off-heap or Python memory is in use and is not told apart from the rest",
          "a run without spark.memory.offHeap.enabled and Python workers");
      return;
    }
    long outside = evidence.highest(JvmEvidence::outsideHeapBytes);
    if (outside < 0) {
      advice.abstain(
          OVERHEAD_KEY,
          "no executor told its resident set and committed heap",
          "the agent in the executors, on Linux");
      return;
    }
    long need = OverheadModel.overheadBytes(outside);
    if (need < asked.overheadBytes() && nearLimit()) {
      need = asked.overheadBytes();
    }
    long room = asked.totalBytes() - heap;
    boolean heapChanged = heap != asked.heapBytes();
    if (need > room || (!heapChanged && need > asked.overheadBytes() * (1 - LEAST_GAIN))) {
      advice.abstain(
          OVERHEAD_KEY,
          "the memory outside the heap needs "
              + ChangeDraft.mebibytes(need)
              + " with its margin, hardly less than was asked",
          "a run that uses less memory outside the heap");
      return;
    }
    advice.change(
        new ChangeDraft(OVERHEAD_KEY, from(OVERHEAD_KEY, asked.overheadBytes()))
            .size("outsideHeap", outside)
            .size("highestResidentSet", evidence.highest(JvmEvidence::rssBytes))
            .size("highestCommittedHeap", evidence.highest(JvmEvidence::heapCommittedBytes))
            .make(
                SparkSize.format(need),
                "max(1.2 * outsideHeap, outsideHeap + 64 MiB), up to whole 16 MiB; outsideHeap ="
                    + " max(resident set - committed heap, metaspace + code cache + direct +"
                    + " threads / 8 MiB + 4 % of the committed heap + 48 MiB)",
                EvidenceGrade.ESTIMATED,
                new Interval(
                    Math.min(outside, need),
                    Math.max(need, (long) (1.5 * outside)),
                    "bytes",
                    0.5,
                    "from what was seen outside the heap to half as much again; n = 1 run"),
                ONE_RUN
                    + "the container holds the heap touched to its last page and a fifth more than"
                    + " was seen outside it. An explicit overhead replaces Spark's 384 MiB"
                    + " minimum.",
                "a resident set above heap + overhead, or a container killed for memory"));
  }

  private boolean nearLimit() {
    return findings.stream()
        .anyMatch(
            each ->
                each.point().equals("memory.near-limit")
                    && each.hasFired()
                    && each.component().startsWith("executor:")
                    && each.severity().compareTo(Severity.SEVERE) >= 0);
  }

  private String from(String key, long bytes) {
    String text = run.config().get(key);
    return text == null ? SparkSize.format(bytes) + " (by default)" : text;
  }
}
