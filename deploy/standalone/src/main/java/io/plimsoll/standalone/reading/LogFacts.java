// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.QueryPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a log tells beside the run's profile: reasons of failures, highest memory of executors, and
 * which operators the queries had. Bounded, however long the log is. Not thread-safe.
 */
public final class LogFacts {
  private static final int MOST_REASONS = 20;
  private static final int MOST_NAMES = 500;
  private static final int MOST_QUERIES = 2_000;
  private static final int REASON_CHARS = 400;

  /** Addresses, ids and counts, by which reasons differ that are the same. */
  private static final Pattern VARYING = Pattern.compile("0x[0-9a-fA-F]+|\\d+|[0-9a-f]{12,}");

  private final Map<String, String> examples = new HashMap<>();
  private final Map<String, Long> failureKinds = new TreeMap<>();
  private final Map<String, Long> failureReasons = new LinkedHashMap<>();
  private final List<String> jobFailures = new ArrayList<>();
  private final Map<String, MemoryPeak> peaks = new TreeMap<>();
  private final Map<Long, Map<String, Integer>> plans = new HashMap<>();
  private long lastMillis = -1;
  private long droppedEvents;
  private boolean hasEnded;
  private @Nullable Boolean lastJobSucceeded;
  private String lastJobFailure = "";

  /**
   * The highest values that a process reached by the engine's own heartbeats; 0 where not told.
   *
   * @param heapBytes used heap, live or not
   * @param rssBytes the JVM and its Python and other children together
   */
  public record MemoryPeak(long heapBytes, long offHeapBytes, long directBytes, long rssBytes) {
    private MemoryPeak max(MemoryPeak other) {
      return new MemoryPeak(
          Math.max(heapBytes, other.heapBytes),
          Math.max(offHeapBytes, other.offHeapBytes),
          Math.max(directBytes, other.directBytes),
          Math.max(rssBytes, other.rssBytes));
    }
  }

  void add(EngineEvent event) {
    if (event.kind() != EventKind.LOG_READ && event.kind() != EventKind.LOG_BROKEN) {
      lastMillis = Math.max(lastMillis, event.epochMillis());
      lastMillis = Math.max(lastMillis, event.number(EventNumber.FINISHED_MILLIS, -1));
    }
    switch (event.kind()) {
      case TASK_ENDED -> task(event);
      case JOB_ENDED -> job(event);
      case EXECUTOR_METRICS -> memory(event);
      case SQL_STARTED, SQL_PLAN_CHANGED -> plan(event);
      case APPLICATION_ENDED -> hasEnded = true;
      case LISTENER_EVENTS_DROPPED ->
          droppedEvents = Math.max(droppedEvents, event.number(EventNumber.DROPPED_COUNT, 0));
      default -> {
        // The profile has it.
      }
    }
  }

  private void task(EngineEvent event) {
    String kind = event.text(EventText.FAILURE_KIND);
    if (kind == null) {
      return;
    }
    failureKinds.merge(kind, 1L, Long::sum);
    String reason = cut(reason(event, kind));
    String alike = VARYING.matcher(reason).replaceAll("#");
    if (!reason.isBlank() && (examples.size() < MOST_REASONS || examples.containsKey(alike))) {
      failureReasons.merge(examples.computeIfAbsent(alike, any -> reason), 1L, Long::sum);
    }
  }

  /** Spark's kind stands before most reasons; it is told beside them. */
  private static String reason(EngineEvent event, String kind) {
    String told = orEmpty(event, EventText.REASON);
    String bare = told.startsWith(kind + ": ") ? told.substring(kind.length() + 2) : told;
    return bare.isBlank() ? orEmpty(event, EventText.FAILURE_CLASS) : bare;
  }

  private void job(EngineEvent event) {
    boolean succeeded = event.number(EventNumber.SUCCEEDED, 0) == 1;
    lastJobSucceeded = succeeded;
    if (!succeeded) {
      lastJobFailure = cut(orEmpty(event, EventText.REASON));
      if (jobFailures.size() < MOST_REASONS) {
        jobFailures.add(lastJobFailure);
      }
    }
  }

  private void memory(EngineEvent event) {
    String executor = event.text(EventText.EXECUTOR_ID);
    if (executor == null || (peaks.size() >= MOST_NAMES && !peaks.containsKey(executor))) {
      return;
    }
    MemoryPeak peak =
        new MemoryPeak(
            event.number(EventNumber.PEAK_HEAP_BYTES, 0),
            event.number(EventNumber.PEAK_NON_HEAP_BYTES, 0),
            event.number(EventNumber.PEAK_DIRECT_BYTES, 0),
            event.number(EventNumber.PEAK_JVM_RSS_BYTES, 0)
                + event.number(EventNumber.PEAK_PYTHON_RSS_BYTES, 0)
                + event.number(EventNumber.PEAK_OTHER_RSS_BYTES, 0));
    peaks.merge(executor, peak, MemoryPeak::max);
  }

  private void plan(EngineEvent event) {
    String text = event.text(EventText.PLAN);
    long query = event.number(EventNumber.SQL_EXECUTION, -1);
    if (text == null || (plans.size() >= MOST_QUERIES && !plans.containsKey(query))) {
      return;
    }
    Map<String, Integer> operators = new TreeMap<>();
    for (QueryPlan.Node node : QueryPlan.parse(text).nodes()) {
      operators.merge(operator(node.name()), 1, Integer::sum);
    }
    plans.put(query, operators);
  }

  /** WholeStageCodegen (3) and (4) are the same thing. */
  private static String operator(String name) {
    return name.replaceAll("\\s*\\(\\d+\\)", "").strip();
  }

  private static String orEmpty(EngineEvent event, EventText field) {
    String text = event.text(field);
    return text == null ? "" : text;
  }

  private static String cut(String text) {
    return text.length() <= REASON_CHARS ? text : text.substring(0, REASON_CHARS) + "…";
  }

  /** Failed task ends by Spark's name of the kind. */
  public Map<String, Long> failureKinds() {
    return Collections.unmodifiableMap(failureKinds);
  }

  /** The first different reasons of failed tasks, an example of each, and how often it came. */
  public Map<String, Long> failureReasons() {
    return Collections.unmodifiableMap(failureReasons);
  }

  /** Reasons of the first failed jobs, empty texts where none was told. */
  public List<String> jobFailures() {
    return Collections.unmodifiableList(jobFailures);
  }

  /** The reason of the job that failed last; empty where none failed or none was told. */
  public String lastJobFailure() {
    return lastJobFailure;
  }

  /** Highest memory by executor; empty when the log was not told to keep it. */
  public Map<String, MemoryPeak> peaks() {
    return Collections.unmodifiableMap(peaks);
  }

  /** How often each operator stands in the last plans of all queries together. */
  public Map<String, Long> operators() {
    Map<String, Long> sum = new TreeMap<>();
    plans.values().forEach(plan -> plan.forEach((name, n) -> sum.merge(name, (long) n, Long::sum)));
    return sum;
  }

  public int queries() {
    return plans.size();
  }

  /** Epoch milliseconds of the last thing that the log tells; -1 when it tells none. */
  public long lastMillis() {
    return lastMillis;
  }

  public long droppedEvents() {
    return droppedEvents;
  }

  /** Whether the application's end is in the log. */
  public boolean hasEnded() {
    return hasEnded;
  }

  /** Whether the job that ended last failed; false while none has ended. */
  public boolean lastJobFailed() {
    return Boolean.FALSE.equals(lastJobSucceeded);
  }
}
