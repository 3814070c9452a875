// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import io.plimsoll.profile.RunProfile;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Signals of a Flink job's exception history and of its restarts. */
final class ExceptionSignals {
  private static final Map<SignalMetric, Pattern> CLASSES =
      Map.of(
          FlinkMetrics.OOM_EXCEPTIONS,
          Pattern.compile("OutOfMemoryError|Direct buffer memory|Metaspace|exit code 137"),
          FlinkMetrics.BUFFER_EXCEPTIONS,
          Pattern.compile("Insufficient number of network buffers"),
          FlinkMetrics.CONNECTION_EXCEPTIONS,
          Pattern.compile(
              "RemoteTransportException|LocalTransportException|Connection"
                  + " .*(reset|closed|unexpectedly)"),
          FlinkMetrics.HEARTBEAT_EXCEPTIONS,
          Pattern.compile(
              "[Hh]eartbeat of TaskManager|HeartbeatTimeout|TimeoutException: Heartbeat"));

  private ExceptionSignals() {}

  static void add(RunProfile run, SignalSet.Builder signals) {
    List<EngineEvent> jobs = run.details().facts(EventKind.FLINK_JOB);
    if (jobs.isEmpty()) {
      return;
    }
    List<EngineEvent> exceptions = run.details().facts(EventKind.FLINK_EXCEPTION);
    CLASSES.forEach(
        (metric, pattern) ->
            signals.put(
                ComponentId.RUN,
                metric,
                exceptions.stream().filter(each -> pattern.matcher(text(each)).find()).count()));
    signals.put(ComponentId.RUN, FlinkMetrics.EXCEPTIONS, exceptions.size());
    Map<String, Integer> same = new HashMap<>();
    exceptions.forEach(
        each -> same.merge(String.valueOf(each.text(EventText.EXCEPTION_NAME)), 1, Integer::sum));
    int most = same.values().stream().mapToInt(each -> each).max().orElse(0);
    signals.put(
        ComponentId.RUN,
        FlinkMetrics.SAME_EXCEPTION,
        exceptions.isEmpty() ? 0 : (double) most / exceptions.size());
    restore(jobs.get(0), signals);
  }

  private static void restore(EngineEvent job, SignalSet.Builder signals) {
    long restarting = stamp(job, "RESTARTING");
    long running = stamp(job, "RUNNING");
    if (restarting > 0 && running > restarting) {
      signals.put(ComponentId.RUN, FlinkMetrics.RESTORE, running - restarting);
    }
  }

  private static long stamp(EngineEvent job, String state) {
    String text = job.properties().getOrDefault("timestamp." + state, "");
    return text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
  }

  private static String text(EngineEvent exception) {
    return exception.text(EventText.EXCEPTION_NAME)
        + " "
        + exception.text(EventText.REASON)
        + " "
        + exception.text(EventText.STACK_TRACE);
  }
}
