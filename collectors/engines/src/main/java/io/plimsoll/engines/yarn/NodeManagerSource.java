// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.yarn;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.engines.component.ComponentSource;
import io.plimsoll.engines.component.ComponentTarget;
import io.plimsoll.engines.component.Reading;
import io.plimsoll.engines.component.SourceException;
import io.plimsoll.engines.http.BoundedHttp;
import io.plimsoll.engines.http.JsonAnswer;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Role;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The containers of one YARN node by REST: each in a new state, and each that ended, with the
 * cause. A container that vanished between two reads, as the NodeManager forgets them early, ended
 * for an unknown cause.
 */
public final class NodeManagerSource implements ComponentSource {
  /** The component type of this source. */
  public static final String TYPE = "yarn-node-rest";

  private static final int MAX_CONTAINERS = 5_000;

  private final ComponentTarget target;
  private final URI page;
  private final BoundedHttp http;
  private Map<String, String> states = new HashMap<>();

  /**
   * @param base such as {@code http://nodemanager:8042}
   */
  public NodeManagerSource(String cluster, URI base, BoundedHttp http) {
    this.target = new ComponentTarget(TYPE, Role.NODE_MANAGER, cluster, base.toString());
    this.page = URI.create(base.toString().replaceAll("/+$", "") + "/ws/v1/node/containers");
    this.http = http;
  }

  @Override
  public ComponentTarget target() {
    return target;
  }

  @Override
  public Reading read(long epochMillis) throws SourceException, InterruptedException {
    List<EngineEvent> events = new ArrayList<>();
    take(JsonAnswer.read(http.get(page), page.toString()), epochMillis, events);
    return new Reading(new TreeMap<>(), events, Map.of());
  }

  void take(JsonNode answer, long epochMillis, List<EngineEvent> events) {
    Map<String, String> now = new HashMap<>();
    for (JsonNode container : Fields.list(answer.path("containers").path("container"))) {
      String id = container.path("id").asText("");
      String state = container.path("state").asText("");
      if (id.isEmpty() || now.size() == MAX_CONTAINERS) {
        continue;
      }
      now.put(id, state);
      if (!state.equals(states.get(id))) {
        boolean ended = ended(state);
        if (!ended || !ended(states.getOrDefault(id, ""))) {
          events.add(event(container, id, state, ended, epochMillis));
        }
      }
    }
    for (Map.Entry<String, String> before : states.entrySet()) {
      if (!now.containsKey(before.getKey()) && !ended(before.getValue())) {
        EngineEvent.Builder event = start(EventKind.CONTAINER_ENDED, before.getKey(), epochMillis);
        ContainerEnd.of(null, "").into(event);
        events.add(event.build());
      }
    }
    states = now;
  }

  private static boolean ended(String state) {
    return state.equals("DONE")
        || state.startsWith("EXITED")
        || state.equals("COMPLETE")
        || state.startsWith("CONTAINER_CLEANEDUP");
  }

  private EngineEvent.Builder start(EventKind kind, String id, long epochMillis) {
    EngineEvent.Builder event =
        EngineEvent.builder(kind, epochMillis).put(EventText.CONTAINER_ID, id);
    String application = applicationOf(id);
    if (!application.isEmpty()) {
      event.put(EventText.APPLICATION_ID, application);
    }
    String host = target.identity().host();
    return host.isEmpty() ? event : event.put(EventText.HOST, host);
  }

  private EngineEvent event(
      JsonNode container, String id, String state, boolean ended, long epochMillis) {
    EngineEvent.Builder event =
        start(ended ? EventKind.CONTAINER_ENDED : EventKind.CONTAINER_STATE, id, epochMillis)
            .put(EventText.STATE, state);
    Fields.text(event, EventText.USER, container.path("user"));
    Fields.text(event, EventText.DIAGNOSTICS, container.path("diagnostics"));
    Fields.megabytes(event, EventNumber.ALLOCATED_BYTES, container.path("totalMemoryNeededMB"));
    Fields.number(event, EventNumber.ALLOCATED_VCORES, container.path("totalVCoresNeeded"));
    if (ended) {
      JsonNode code = container.path("exitCode");
      boolean told = code.canConvertToInt() && code.intValue() != -1000;
      ContainerEnd.of(
              told ? Integer.valueOf(code.intValue()) : null,
              container.path("diagnostics").asText(""))
          .into(event);
    }
    return event.build();
  }

  /** {@code container_e17_1700000000000_0001_01_000002} is of application_1700000000000_0001. */
  static String applicationOf(String container) {
    String[] parts = container.split("_");
    int first = parts.length > 1 && parts[1].startsWith("e") ? 2 : 1;
    return parts.length >= first + 4 ? "application_" + parts[first] + "_" + parts[first + 1] : "";
  }

  @Override
  public void close() {
    // The connections of the JDK's client go with it.
  }
}
