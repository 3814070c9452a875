// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.api;

import io.plimsoll.profile.AttemptSums;
import io.plimsoll.profile.ContainerSize;
import io.plimsoll.profile.Coverage;
import io.plimsoll.profile.EvidenceGrade;
import io.plimsoll.profile.ExecutorProfile;
import io.plimsoll.profile.GaugeProfile;
import io.plimsoll.profile.GcProfile;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Role;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JVM of a run as a JSON object: who it is, what was asked for it, what it used. */
final class ProcessDocument {
  private static final String DRIVER_CORES = "spark.driver.cores";

  private ProcessDocument() {}

  static Map<String, Object> of(RunProfile run, ProcessProfile process) {
    ProcessIdentity identity = process.identity();
    Document document =
        new Document()
            .put("process", identity.process().toString())
            .put("role", Words.of(identity.role()))
            .putKnown("executorId", identity.executorId())
            .putKnown("host", identity.host())
            .put("pid", identity.pid())
            .put("startMillis", identity.startEpochMillis());
    if (process.lastSampleMillis() > 0) {
      document
          .put("firstSampleMillis", process.firstSampleMillis())
          .put("lastSampleMillis", process.lastSampleMillis())
          .put("lifetimeMillis", process.lifetimeMillis());
    }
    document.put("ended", process.ended());
    putAsked(document, run, identity);
    putMemory(document, process);
    putCpu(document, process);
    return document
        .put("gc", gc(process.gc()))
        .put("attempts", attempts(process.attempts()))
        .put("coverage", coverage(process.coverage()))
        .fields();
  }

  private static void putAsked(Document document, RunProfile run, ProcessIdentity identity) {
    if (run.config().isEmpty()) {
      return;
    }
    putContainer(document, run, identity.role());
    if (identity.role() == Role.EXECUTOR) {
      ExecutorProfile executor = executor(run, identity.executorId());
      if (executor != null) {
        document.put("cores", executor.cores());
      }
    } else if (identity.role() == Role.DRIVER) {
      document.put("cores", driverCores(run));
    }
  }

  private static void putContainer(Document document, RunProfile run, Role role) {
    try {
      if (role == Role.EXECUTOR) {
        document.put("container", container(ContainerSize.executor(run.config())));
      } else if (role == Role.DRIVER) {
        document.put("container", container(ContainerSize.driver(run.config())));
      }
    } catch (IllegalArgumentException e) {
      // A size that Spark itself would refuse: what was asked is not known, so the key is absent.
      return;
    }
  }

  private static @Nullable ExecutorProfile executor(RunProfile run, String executorId) {
    return run.executors().stream()
        .filter(executor -> executor.executorId().equals(executorId))
        .findFirst()
        .orElse(null);
  }

  private static int driverCores(RunProfile run) {
    String given = run.config().getOrDefault(DRIVER_CORES, "");
    return given.matches("[1-9]\\d{0,5}") ? Integer.parseInt(given) : 1;
  }

  private static Map<String, Object> container(ContainerSize size) {
    return new Document()
        .put("heapBytes", size.heapBytes())
        .put("overheadBytes", size.overheadBytes())
        .put("offHeapBytes", size.offHeapBytes())
        .put("pysparkBytes", size.pysparkBytes())
        .put("totalBytes", size.totalBytes())
        .fields();
  }

  private static void putMemory(Document document, ProcessProfile process) {
    GaugeProfile rss = process.gauge(Metric.RSS);
    GaugeProfile peak = process.gauge(Metric.RSS_PEAK);
    Document memory = new Document();
    if (rss != null) {
      memory
          .put("rssMaxBytes", Math.max(rss.max(), peak == null ? 0 : peak.max()))
          .put("rssMeanBytes", rss.mean())
          .put("rssLastBytes", rss.last());
    }
    putMax(memory, "rssAnonMaxBytes", process.gauge(Metric.RSS_ANON));
    putMax(memory, "heapUsedMaxBytes", process.gauge(Metric.HEAP_USED));
    putMax(memory, "heapCommittedMaxBytes", process.gauge(Metric.HEAP_COMMITTED));
    putMax(memory, "heapLimitBytes", process.gauge(Metric.HEAP_MAX));
    putMax(memory, "metaspaceMaxBytes", process.gauge(Metric.METASPACE_USED));
    putMax(memory, "codeCacheMaxBytes", process.gauge(Metric.CODE_CACHE_USED));
    putMax(memory, "directMaxBytes", process.gauge(Metric.DIRECT_USED));
    putMax(memory, "threadsMax", process.gauge(Metric.THREADS));
    EvidenceGrade grade = process.gc().liveSetGrade();
    if (grade != EvidenceGrade.NONE) {
      memory.put("liveSetBytes", process.gc().liveSetBytes());
    }
    memory.put("liveSetGrade", Words.of(grade));
    document.put("memory", memory.fields());
  }

  private static void putMax(Document document, String key, @Nullable GaugeProfile gauge) {
    if (gauge != null) {
      document.put(key, gauge.max());
    }
  }

  private static void putCpu(Document document, ProcessProfile process) {
    document.put(
        "cpu",
        new Document()
            .putIfNotNegative("processNanos", process.counter(Metric.PROCESS_CPU, -1))
            .putIfNotNegative("gcNanos", process.counter(Metric.CPU_GC, -1))
            .putIfNotNegative("jitNanos", process.counter(Metric.CPU_JIT, -1))
            .putIfNotNegative("agentNanos", process.counter(Metric.CPU_AGENT, -1))
            .fields());
  }

  private static Map<String, Object> gc(GcProfile gc) {
    return new Document()
        .put("youngCollections", gc.youngCollections())
        .put("fullCollections", gc.fullCollections())
        .put("pauseMillis", gc.pauseMillis())
        .put("maxPauseMillis", gc.maxPauseMillis())
        .fields();
  }

  /** The agent's sums over task attempts. */
  static Map<String, Object> attempts(AttemptSums sums) {
    return new Document()
        .put("attempts", sums.attempts())
        .put("succeeded", sums.succeeded())
        .put("failed", sums.failed())
        .put("killed", sums.killed())
        .put("wallNanos", sums.wallNanos())
        .put("cpuNanos", sums.cpuNanos())
        .put("allocatedBytes", sums.allocatedBytes())
        .fields();
  }

  /** How much of what was said has arrived. */
  static Map<String, Object> coverage(Coverage coverage) {
    return new Document()
        .put("complete", coverage.isComplete())
        .put("envelopes", coverage.envelopes())
        .put("missingEnvelopes", coverage.missingEnvelopes())
        .put("lostSamples", coverage.lostSamples())
        .put("lostAttempts", coverage.lostAttempts())
        .put("lostEvents", coverage.lostEvents())
        .fields();
  }
}
