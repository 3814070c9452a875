// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.whitebox;

import io.plimsoll.profile.ContainerSize;
import io.plimsoll.profile.EvidenceGrade;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.SparkSize;
import io.plimsoll.tuner.recommendation.Interval;
import io.plimsoll.tuner.spark.SparkMemory;
import io.plimsoll.tuner.spark.SparkSlots;
import io.plimsoll.wire.Role;
import java.util.List;
import java.util.Optional;

/**
 * Heap of the driver. It runs no tasks, so nothing in it yields by spilling: the highest level
 * after any collection must fit, and its own collections must not slow it.
 */
final class DriverAdvice {
  static final String HEAP_KEY = "spark.driver.memory";
  static final String OVERHEAD_KEY = "spark.driver.memoryOverhead";

  private static final double FILLABLE = 0.9;
  private static final double LEAST_GAIN = 0.1;

  private final RunProfile run;
  private final Advice advice;

  DriverAdvice(RunProfile run, Advice advice) {
    this.run = run;
    this.advice = advice;
  }

  void advise() {
    Optional<ProcessProfile> driver =
        run.processes(Role.DRIVER).stream()
            .filter(process -> process.lastSampleMillis() > 0)
            .findFirst();
    if (driver.isEmpty()) {
      abstain("no driver process was seen", "the agent in the driver");
      return;
    }
    JvmEvidence evidence = JvmEvidence.of("driver", driver.get());
    ContainerSize asked = ContainerSize.driver(run.config());
    if (evidence.grade() == EvidenceGrade.NONE) {
      abstain("the driver collected no garbage", "a run long enough for a collection");
      return;
    }
    if (evidence.heapMaxBytes() > 0
        && Math.abs(evidence.heapMaxBytes() - asked.heapBytes()) > asked.heapBytes() / 10) {
      abstain(
          "the driver's heap limit is "
              + ChangeDraft.mebibytes(evidence.heapMaxBytes())
              + ", not what spark.driver.memory says: it was set where the driver was started",
          "a driver that is started by spark-submit");
      return;
    }
    SlowdownModel model = new SlowdownModel(run, List.of(evidence), new SparkSlots(1, 1, 1));
    long heap = SparkMemory.LEAST_HEAP_BYTES;
    while (heap < asked.heapBytes()
        && (FILLABLE * heap < evidence.gc().maxHeapAfterBytes()
            || model.gcSlowdown(heap) > HeapModel.SLOWDOWN)) {
      heap = (heap / HeapModel.STEP_BYTES + 1) * HeapModel.STEP_BYTES;
    }
    long overhead =
        evidence.outsideHeapBytes() < 0
            ? asked.overheadBytes()
            : OverheadModel.overheadBytes(evidence.outsideHeapBytes());
    if (heap > asked.heapBytes() * (1 - LEAST_GAIN)
        || heap + overhead > asked.totalBytes() * (1 - LEAST_GAIN)) {
      abstain(
          "no container that is a tenth smaller holds what was seen",
          "a driver that holds less, or a collection that shows it");
      return;
    }
    change(evidence, asked, heap, overhead, model.gcSlowdown(heap));
  }

  private void change(
      JvmEvidence evidence, ContainerSize asked, long heap, long overhead, double slowdown) {
    String client = " In client mode it counts only where the driver is started.";
    advice.change(
        new ChangeDraft(HEAP_KEY, from(HEAP_KEY, asked.heapBytes()))
            .size("highestAfterCollection", evidence.gc().maxHeapAfterBytes())
            .size("settled", evidence.settledBytes())
            .seconds("gcTime", evidence.gcMillis())
            .percent("gcSlowdown", slowdown)
            .make(
                SparkSize.format(heap),
                "the smallest heap, in steps of 16 MiB from 450 MiB, with 0.9 * heap >="
                    + " highestAfterCollection and gcSlowdown <= 5 %",
                evidence.grade(),
                new Interval(
                    SparkMemory.LEAST_HEAP_BYTES,
                    Math.max(heap, asked.heapBytes()),
                    "bytes",
                    0.5,
                    "from Spark's minimum to what was asked; n = 1 run"),
                MemoryAdvice.ONE_RUN + "a larger collected result needs more." + client,
                "OutOfMemoryError in the driver, or wall time above 1.10 of this run's"));
    if (overhead == asked.overheadBytes()) {
      return;
    }
    advice.change(
        new ChangeDraft(OVERHEAD_KEY, from(OVERHEAD_KEY, asked.overheadBytes()))
            .size("outsideHeap", evidence.outsideHeapBytes())
            .size("highestResidentSet", evidence.rssBytes())
            .make(
                SparkSize.format(overhead),
                "max(1.2 * outsideHeap, outsideHeap + 64 MiB), up to whole 16 MiB",
                EvidenceGrade.ESTIMATED,
                new Interval(
                    Math.min(evidence.outsideHeapBytes(), overhead),
                    Math.max(overhead, (long) (1.5 * evidence.outsideHeapBytes())),
                    "bytes",
                    0.5,
                    "from what was seen outside the heap to half as much again; n = 1 run"),
                MemoryAdvice.ONE_RUN + "the heap is counted as touched to its last page.",
                "a resident set above heap + overhead, or a container killed for memory"));
  }

  private void abstain(String reason, String wouldNeed) {
    advice.abstain(HEAP_KEY, reason, wouldNeed);
  }

  private String from(String key, long bytes) {
    String text = run.config().get(key);
    return text == null ? SparkSize.format(bytes) + " (by default)" : text;
  }
}
