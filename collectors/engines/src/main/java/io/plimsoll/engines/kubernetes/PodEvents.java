// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.engines.http.PlainText;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Events out of one pod as the API tells it. */
final class PodEvents {
  private static final int SIGNALS = 128;

  private final JsonNode pod;
  private final String namespace;
  private final String name;
  private final String application;
  private final String host;
  private final long epochMillis;

  private PodEvents(JsonNode pod, long epochMillis) {
    this.pod = pod;
    this.epochMillis = epochMillis;
    JsonNode metadata = pod.path("metadata");
    this.namespace = metadata.path("namespace").asText("");
    this.name = metadata.path("name").asText("");
    JsonNode labels = metadata.path("labels");
    // Spark's own label; Flink's native integration labels the cluster.
    String spark = labels.path("spark-app-selector").asText("");
    boolean flink = labels.path("type").asText("").equals("flink-native-kubernetes");
    this.application = spark.isEmpty() && flink ? labels.path("app").asText("") : spark;
    this.host = pod.path("spec").path("nodeName").asText("");
  }

  static void read(JsonNode pod, long epochMillis, List<EngineEvent> events) {
    PodEvents reader = new PodEvents(pod, epochMillis);
    if (reader.name.isEmpty()) {
      return;
    }
    events.add(reader.state());
    for (String list : List.of("initContainerStatuses", "containerStatuses")) {
      for (JsonNode container : pod.path("status").path(list)) {
        reader.ended(container, container.path("lastState").path("terminated"), events);
        reader.ended(container, container.path("state").path("terminated"), events);
      }
    }
  }

  private EngineEvent.Builder start(EventKind kind, long time) {
    EngineEvent.Builder event =
        EngineEvent.builder(kind, time)
            .put(EventText.NAMESPACE, namespace)
            .put(EventText.OBJECT, name);
    Texts.put(event, EventText.HOST, host);
    Texts.put(event, EventText.APPLICATION_ID, application);
    return event;
  }

  private EngineEvent state() {
    JsonNode status = pod.path("status");
    EngineEvent.Builder event =
        start(EventKind.POD_STATE, epochMillis)
            .put(EventText.STATE, status.path("phase").asText("Unknown"));
    Texts.time(event, EventNumber.SUBMITTED_MILLIS, pod.path("metadata").path("creationTimestamp"));
    Texts.time(event, EventNumber.LAUNCHED_MILLIS, status.path("startTime"));
    String reason = status.path("reason").asText("");
    String words = status.path("message").asText("");
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText().equals("PodScheduled")
          && condition.path("status").asText().equals("False")) {
        reason = reason.isEmpty() ? condition.path("reason").asText("") : reason;
        words = words.isEmpty() ? condition.path("message").asText("") : words;
        Long since = Texts.millis(pod.path("metadata").path("creationTimestamp"));
        if (since != null) {
          event.put(EventNumber.WAIT_MILLIS, Math.max(0, epochMillis - since));
        }
      }
    }
    long restarts = 0;
    boolean ready = !status.path("containerStatuses").isEmpty();
    for (JsonNode container : status.path("containerStatuses")) {
      restarts += Math.max(0, container.path("restartCount").asInt(0));
      ready &= container.path("ready").asBoolean(false);
      JsonNode waiting = container.path("state").path("waiting");
      if (reason.isEmpty()) {
        reason = waiting.path("reason").asText("");
        words = words.isEmpty() ? waiting.path("message").asText("") : words;
      }
    }
    Texts.put(event, EventText.REASON, reason);
    Texts.put(event, EventText.DIAGNOSTICS, words);
    event.put(EventNumber.RESTARTS, restarts).put(EventNumber.READY, ready ? 1 : 0);
    resources(event);
    return event.build();
  }

  /** The sums over the pod's containers; a limit only when every container has one. */
  private void resources(EngineEvent.Builder event) {
    put(event, EventNumber.REQUEST_BYTES, sum("requests", "memory", false));
    put(event, EventNumber.LIMIT_BYTES, sum("limits", "memory", false));
    put(event, EventNumber.REQUEST_CPU_MILLI, sum("requests", "cpu", true));
    put(event, EventNumber.LIMIT_CPU_MILLI, sum("limits", "cpu", true));
  }

  private @Nullable Long sum(String kind, String resource, boolean milli) {
    long sum = 0;
    boolean any = false;
    for (JsonNode container : pod.path("spec").path("containers")) {
      Long amount = amount(container.path("resources").path(kind).path(resource), milli);
      if (amount == null && kind.equals("limits")) {
        return null;
      }
      if (amount != null) {
        any = true;
        sum += amount;
      }
    }
    return any && sum >= 0 ? sum : null;
  }

  private static @Nullable Long amount(JsonNode node, boolean milli) {
    String text = node.asText("");
    return milli ? Quantity.milli(text) : Quantity.whole(text);
  }

  private static void put(EngineEvent.Builder event, EventNumber field, @Nullable Long value) {
    if (value != null) {
      event.put(field, value);
    }
  }

  private void ended(JsonNode container, JsonNode terminated, List<EngineEvent> events) {
    if (!terminated.isObject()) {
      return;
    }
    Long finished = Texts.millis(terminated.path("finishedAt"));
    EngineEvent.Builder event =
        start(EventKind.CONTAINER_ENDED, finished == null ? epochMillis : finished);
    Texts.put(event, EventText.CONTAINER_ID, container.path("name").asText(""));
    String reason = terminated.path("reason").asText("");
    Texts.put(event, EventText.REASON, reason);
    Texts.put(event, EventText.DIAGNOSTICS, terminated.path("message").asText(""));
    Texts.time(event, EventNumber.LAUNCHED_MILLIS, terminated.path("startedAt"));
    Texts.time(event, EventNumber.FINISHED_MILLIS, terminated.path("finishedAt"));
    event.put(EventNumber.RESTARTS, Math.max(0, container.path("restartCount").asLong(0)));
    Integer code =
        terminated.path("exitCode").isInt() ? terminated.path("exitCode").intValue() : null;
    if (code != null) {
      event.put(EventNumber.EXIT_CODE, code);
      if (code > SIGNALS && code <= SIGNALS + 64) {
        event.put(EventNumber.SIGNAL, code - SIGNALS);
      }
    }
    event.put(EventText.CAUSE, cause(reason, code));
    for (JsonNode spec : pod.path("spec").path("containers")) {
      if (spec.path("name").equals(container.path("name"))) {
        put(
            event,
            EventNumber.LIMIT_BYTES,
            amount(spec.path("resources").path("limits").path("memory"), false));
      }
    }
    events.add(event.build());
  }

  /** The same words as for YARN's containers. */
  private String cause(String reason, @Nullable Integer code) {
    if (reason.equals("OOMKilled")) {
      return "out_of_memory";
    }
    String podReason = pod.path("status").path("reason").asText("").toLowerCase(Locale.ROOT);
    if (podReason.equals("evicted")) {
      return "evicted";
    }
    if (podReason.equals("preempting") || podReason.equals("preempted")) {
      return "preempted";
    }
    if (podReason.equals("nodelost")
        || podReason.equals("nodeshutdown")
        || podReason.equals("terminated")) {
      return "node_lost";
    }
    if (code == null) {
      return "unknown";
    }
    return switch (code) {
      case 0 -> "success";
      case SIGNALS + 9 -> "sigkill";
      case SIGNALS + 15 -> "sigterm";
      default -> "exited";
    };
  }

  /** Texts and times of the API. */
  static final class Texts {
    private Texts() {}

    static void put(EngineEvent.Builder event, EventText field, String text) {
      String plain = PlainText.of(text);
      if (!plain.isEmpty()) {
        event.put(field, plain);
      }
    }

    static void time(EngineEvent.Builder event, EventNumber field, JsonNode time) {
      Long millis = millis(time);
      if (millis != null) {
        event.put(field, millis);
      }
    }

    static @Nullable Long millis(JsonNode time) {
      try {
        return time.isTextual() ? java.time.Instant.parse(time.textValue()).toEpochMilli() : null;
      } catch (java.time.format.DateTimeParseException | ArithmeticException e) {
        return null;
      }
    }
  }
}
