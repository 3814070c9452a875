// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.yarn;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.engines.component.Series;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** Remembers each application's last state, so that only changes become events. */
final class Applications {
  private static final int REMEMBERED = 10_000;
  private static final Set<String> ENDED = Set.of("FINISHED", "FAILED", "KILLED");

  private final Map<String, String> states =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * What a page of {@code /ws/v1/cluster/apps} tells anew.
   *
   * @return ids of the applications that ended since the page before
   */
  List<String> read(
      JsonNode page,
      long epochMillis,
      List<EngineEvent> events,
      SortedMap<MetricKey, Long> values,
      int valueLimit) {
    List<String> ended = new ArrayList<>();
    for (JsonNode application : Fields.list(page.path("apps").path("app"))) {
      String id = application.path("id").asText("");
      String state = application.path("state").asText("");
      if (id.isEmpty() || state.isEmpty()) {
        continue;
      }
      String now = state + "/" + application.path("finalStatus").asText("");
      if (!now.equals(states.put(id, now))) {
        events.add(event(application, id, state, epochMillis));
        if (ENDED.contains(state)) {
          ended.add(id);
        }
      }
      if (!ENDED.contains(state)) {
        usage(application, id, values, valueLimit);
      }
    }
    return ended;
  }

  /** The words of a page of {@code /ws/v1/cluster/apps} about one application; empty when none. */
  static String diagnostics(JsonNode page, String id) {
    for (JsonNode application : Fields.list(page.path("apps").path("app"))) {
      if (id.equals(application.path("id").asText(""))) {
        return application.path("diagnostics").asText("");
      }
    }
    return "";
  }

  private static EngineEvent event(
      JsonNode application, String id, String state, long epochMillis) {
    long finished = application.path("finishedTime").asLong(0);
    EngineEvent.Builder event =
        EngineEvent.builder(EventKind.APPLICATION_STATE, finished > 0 ? finished : epochMillis)
            .put(EventText.APPLICATION_ID, id)
            .put(EventText.STATE, state);
    if (ENDED.contains(state)) {
      Fields.text(event, EventText.OUTCOME, application.path("finalStatus"));
    }
    Fields.text(event, EventText.APPLICATION_NAME, application.path("name"));
    Fields.text(event, EventText.USER, application.path("user"));
    Fields.text(event, EventText.CLUSTER_QUEUE, application.path("queue"));
    Fields.text(event, EventText.ENGINE, application.path("applicationType"));
    Fields.text(event, EventText.DIAGNOSTICS, application.path("diagnostics"));
    Fields.text(event, EventText.CONTAINER_ID, application.path("amContainerId"));
    Fields.time(event, EventNumber.SUBMITTED_MILLIS, application.path("startedTime"));
    Fields.time(event, EventNumber.LAUNCHED_MILLIS, application.path("launchTime"));
    Fields.time(event, EventNumber.FINISHED_MILLIS, application.path("finishedTime"));
    waited(application, state, epochMillis, event);
    Fields.number(event, EventNumber.MEGABYTE_SECONDS, application.path("memorySeconds"));
    Fields.number(event, EventNumber.VCORE_SECONDS, application.path("vcoreSeconds"));
    Fields.megabytes(event, EventNumber.ALLOCATED_BYTES, application.path("allocatedMB"));
    Fields.number(event, EventNumber.ALLOCATED_VCORES, application.path("allocatedVCores"));
    Fields.number(event, EventNumber.RUNNING_CONTAINERS, application.path("runningContainers"));
    Fields.megabytes(event, EventNumber.PREEMPTED_BYTES, application.path("preemptedResourceMB"));
    Fields.number(event, EventNumber.PREEMPTED_VCORES, application.path("preemptedResourceVCores"));
    long preempted =
        Math.max(0, application.path("numAMContainerPreempted").asInt(0))
            + (long) Math.max(0, application.path("numNonAMContainerPreempted").asInt(0));
    event.put(EventNumber.PREEMPTED_CONTAINERS, preempted);
    return event.build();
  }

  /** From submission to the launch of the master, or until now while it waits. */
  private static void waited(
      JsonNode application, String state, long epochMillis, EngineEvent.Builder event) {
    long submitted = application.path("startedTime").asLong(0);
    long launched = application.path("launchTime").asLong(0);
    if (submitted > 0 && launched >= submitted) {
      event.put(EventNumber.WAIT_MILLIS, launched - submitted);
    } else if (submitted > 0 && !ENDED.contains(state) && !"RUNNING".equals(state)) {
      event.put(EventNumber.WAIT_MILLIS, Math.max(0, epochMillis - submitted));
    }
  }

  private static void usage(
      JsonNode application, String id, SortedMap<MetricKey, Long> values, int valueLimit) {
    if (values.size() + 4 > valueLimit) {
      return;
    }
    Map<String, String> labels = Map.of("application", id);
    put(
        values,
        "yarn.app.memory_seconds",
        labels,
        Metric.COMPONENT_TOTAL,
        application.path("memorySeconds"),
        1);
    put(
        values,
        "yarn.app.vcore_seconds",
        labels,
        Metric.COMPONENT_TOTAL,
        application.path("vcoreSeconds"),
        1);
    put(
        values,
        "yarn.app.memory.allocated",
        labels,
        Metric.COMPONENT_BYTES,
        application.path("allocatedMB"),
        1L << 20);
    put(
        values,
        "yarn.app.containers.running",
        labels,
        Metric.COMPONENT_LEVEL,
        application.path("runningContainers"),
        1);
  }

  static void put(
      SortedMap<MetricKey, Long> values,
      String name,
      Map<String, String> labels,
      Metric metric,
      JsonNode value,
      double scale) {
    double scaled = value.isNumber() ? value.doubleValue() * scale : -1;
    if (scaled >= 0 && scaled < Long.MAX_VALUE) {
      values.put(Series.of(name, labels).key(metric), Math.round(scaled));
    }
  }
}
