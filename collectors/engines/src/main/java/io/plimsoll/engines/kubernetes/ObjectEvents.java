// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.engines.kubernetes.PodEvents.Texts;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns API objects (pods, events, nodes, lists of them) into wire events, each only when it says
 * something that it did not say before.
 */
public final class ObjectEvents {
  private static final int REMEMBERED = 50_000;
  private static final int MAX_OBJECTS = 100_000;

  private final Map<String, Integer> said =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** What a list, or a single object, tells anew. Kinds that mean nothing to us are passed over. */
  public List<EngineEvent> read(JsonNode answer, long epochMillis) {
    List<EngineEvent> all = new ArrayList<>();
    JsonNode items = answer.path("items");
    if (items.isArray()) {
      String kind = answer.path("kind").asText("").replaceAll("List$", "");
      int count = 0;
      for (JsonNode item : items) {
        if (count++ == MAX_OBJECTS) {
          break;
        }
        one(item, item.path("kind").asText(kind), epochMillis, all);
      }
    } else {
      one(answer, answer.path("kind").asText(""), epochMillis, all);
    }
    return all.stream().filter(this::isNews).toList();
  }

  private static void one(JsonNode item, String kind, long epochMillis, List<EngineEvent> all) {
    switch (kind) {
      case "Pod" -> PodEvents.read(item, epochMillis, all);
      case "Event" -> event(item, epochMillis, all);
      case "Node" -> node(item, epochMillis, all);
      default -> {
        // Other kinds may stand in a saved list.
      }
    }
  }

  private static void event(JsonNode item, long epochMillis, List<EngineEvent> all) {
    JsonNode about =
        item.has("involvedObject") ? item.path("involvedObject") : item.path("regarding");
    Long last = null;
    for (String field : List.of("lastTimestamp", "eventTime", "firstTimestamp")) {
      last = last == null ? Texts.millis(item.path(field)) : last;
    }
    EngineEvent.Builder event =
        EngineEvent.builder(EventKind.CLUSTER_EVENT, last == null ? epochMillis : last);
    Texts.put(event, EventText.NAMESPACE, about.path("namespace").asText(""));
    Texts.put(event, EventText.OBJECT, about.path("name").asText(""));
    Texts.put(event, EventText.STATE, item.path("type").asText(""));
    Texts.put(event, EventText.REASON, item.path("reason").asText(""));
    String words =
        item.has("message") ? item.path("message").asText("") : item.path("note").asText("");
    Texts.put(event, EventText.DIAGNOSTICS, words);
    Texts.put(event, EventText.HOST, item.path("source").path("host").asText(""));
    event.put(EventNumber.OCCURRENCES, Math.max(1, item.path("count").asLong(1)));
    all.add(event.build());
  }

  private static void node(JsonNode item, long epochMillis, List<EngineEvent> all) {
    String name = item.path("metadata").path("name").asText("");
    for (JsonNode condition : item.path("status").path("conditions")) {
      String status = condition.path("status").asText("");
      if (name.isEmpty() || status.isEmpty() || status.equals("Unknown")) {
        continue;
      }
      Long since = Texts.millis(condition.path("lastTransitionTime"));
      EngineEvent.Builder event =
          EngineEvent.builder(EventKind.NODE_CONDITION, since == null ? epochMillis : since)
              .put(EventNumber.HOLDS, status.equals("True") ? 1 : 0);
      Texts.put(event, EventText.HOST, name);
      Texts.put(event, EventText.STATE, condition.path("type").asText(""));
      Texts.put(event, EventText.REASON, condition.path("reason").asText(""));
      all.add(event.build());
    }
  }

  /** Compared by all that is told but the time of asking and a wait that only grows. */
  private boolean isNews(EngineEvent event) {
    Map<EventNumber, Long> numbers = new java.util.EnumMap<>(EventNumber.class);
    numbers.putAll(event.numbers());
    numbers.remove(EventNumber.WAIT_MILLIS);
    if (event.kind() == EventKind.CONTAINER_ENDED) {
      numbers.remove(EventNumber.RESTARTS);
    }
    String subject =
        event.kind()
            + "/"
            + event.text(EventText.NAMESPACE)
            + "/"
            + event.text(EventText.OBJECT)
            + "/"
            + (event.kind() == EventKind.POD_STATE
                ? ""
                : event.texts() + "/" + event.text(EventText.CONTAINER_ID))
            + "/"
            + (event.kind() == EventKind.CONTAINER_ENDED
                ? event.number(EventNumber.FINISHED_MILLIS, 0)
                : 0);
    if (event.kind() == EventKind.NODE_CONDITION) {
      subject = "node/" + event.text(EventText.HOST) + "/" + event.text(EventText.STATE);
    }
    int hash = 31 * numbers.hashCode() + event.texts().hashCode();
    Integer before = said.put(subject, hash);
    return before == null || before != hash;
  }
}
