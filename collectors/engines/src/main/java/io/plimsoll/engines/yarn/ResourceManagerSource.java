// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.yarn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
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
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Role;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A YARN ResourceManager by REST: applications whose state changed, their attempts once they ended,
 * what running ones hold, the queues and the nodes.
 */
public final class ResourceManagerSource implements ComponentSource {
  /** The component type of this source. */
  public static final String TYPE = "yarn-rest";

  private static final int APPLICATIONS = 1_000;
  private static final int ENDED_PER_READ = 50;
  private static final long OVERLAP_MILLIS = 60_000;
  private static final int MOST_TRIES = 5;
  private static final int MOST_UNASKED = 10_000;

  /** An application whose attempts are still to be asked for, with its own last words. */
  private record Ended(String id, String words, int tries) {}

  private final ComponentTarget target;
  private final String base;
  private final BoundedHttp http;
  private final Applications applications = new Applications();
  private final Deque<Ended> unasked = new ArrayDeque<>();
  private long endedSince = -1;

  /**
   * @param base such as {@code http://resourcemanager:8088}
   */
  public ResourceManagerSource(String cluster, URI base, BoundedHttp http) {
    this.target = new ComponentTarget(TYPE, Role.RESOURCE_MANAGER, cluster, base.toString());
    this.base = base.toString().replaceAll("/+$", "") + "/ws/v1/cluster/";
    this.http = http;
  }

  @Override
  public ComponentTarget target() {
    return target;
  }

  @Override
  public Reading read(long epochMillis) throws SourceException, InterruptedException {
    TreeMap<MetricKey, Long> values = new TreeMap<>();
    List<EngineEvent> events = new ArrayList<>();
    cluster(get("metrics"), values);
    Queues.read(get("scheduler"), values, Reading.MAX_VALUES / 2);
    String running = "apps?states=NEW,NEW_SAVING,SUBMITTED,ACCEPTED,RUNNING&limit=" + APPLICATIONS;
    applications.read(get(running), epochMillis, events, values, Reading.MAX_VALUES);
    // The first read looks a minute back: what ended long ago is not this poller's news.
    long since = (endedSince < 0 ? epochMillis : endedSince) - OVERLAP_MILLIS;
    String ended =
        "apps?states=FINISHED,FAILED,KILLED&finishedTimeBegin=" + since + "&limit=" + APPLICATIONS;
    JsonNode endedPage = get(ended);
    List<String> news =
        applications.read(endedPage, epochMillis, events, values, Reading.MAX_VALUES);
    for (String id : news) {
      unasked.add(new Ended(id, Applications.diagnostics(endedPage, id), 0));
    }
    endedSince = epochMillis;
    askForAttempts(epochMillis, events);
    return new Reading(values, events, Map.of());
  }

  /**
   * What is not answered is asked for again in later reads: the applications are told only once.
   */
  private void askForAttempts(long epochMillis, List<EngineEvent> events)
      throws InterruptedException {
    for (int left = Math.min(unasked.size(), ENDED_PER_READ); left > 0; left--) {
      Ended ended = unasked.remove();
      try {
        JsonNode attempts = get("apps/" + encoded(ended.id) + "/appattempts");
        attempts(attempts, ended.id, ended.words, epochMillis, events);
      } catch (SourceException e) {
        if (ended.tries + 1 < MOST_TRIES) {
          unasked.add(new Ended(ended.id, ended.words, ended.tries + 1));
        }
      }
    }
    while (unasked.size() > MOST_UNASKED) {
      unasked.remove();
    }
  }

  private JsonNode get(String path) throws SourceException, InterruptedException {
    return JsonAnswer.read(http.get(URI.create(base + path)), base + path);
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8);
  }

  static void cluster(JsonNode page, SortedMap<MetricKey, Long> values) {
    JsonNode metrics = page.path("clusterMetrics");
    for (String name :
        List.of(
            "appsPending",
            "appsRunning",
            "containersPending",
            "containersAllocated",
            "activeNodes",
            "lostNodes",
            "unhealthyNodes",
            "totalVirtualCores",
            "allocatedVirtualCores")) {
      Applications.put(
          values,
          "yarn.cluster." + underscored(name),
          Map.of(),
          Metric.COMPONENT_LEVEL,
          metrics.path(name),
          1);
    }
    for (String name :
        List.of("totalMB", "allocatedMB", "availableMB", "reservedMB", "pendingMB")) {
      Applications.put(
          values,
          "yarn.cluster.memory." + name.substring(0, name.length() - 2),
          Map.of(),
          Metric.COMPONENT_BYTES,
          metrics.path(name),
          1L << 20);
    }
  }

  private static String underscored(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * Each attempt of an application that ended is the end of its master's container. Why it ended,
   * the ResourceManager tells of the application only, whose words are about the last attempt.
   */
  static void attempts(
      JsonNode page, String id, String words, long epochMillis, List<EngineEvent> events) {
    Iterable<JsonNode> attempts = Fields.list(page.path("appAttempts").path("appAttempt"));
    int last = 0;
    for (JsonNode attempt : attempts) {
      last = Math.max(last, attempt.path("id").asInt(0));
    }
    for (JsonNode attempt : attempts) {
      String own = attempt.path("diagnosticsInfo").asText("");
      boolean ofTheApplication = own.isEmpty() && attempt.path("id").asInt(0) == last;
      events.add(attempt(attempt, id, ofTheApplication ? words : own, epochMillis));
    }
  }

  private static EngineEvent attempt(JsonNode attempt, String id, String words, long epochMillis) {
    long finished = attempt.path("finishedTime").asLong(0);
    EngineEvent.Builder event =
        EngineEvent.builder(EventKind.CONTAINER_ENDED, finished > 0 ? finished : epochMillis)
            .put(EventText.APPLICATION_ID, id);
    Fields.text(event, EventText.CONTAINER_ID, attempt.path("containerId"));
    Fields.text(event, EventText.HOST, attempt.path("nodeId"));
    Fields.text(event, EventText.STATE, attempt.path("appAttemptState"));
    Fields.text(event, EventText.DIAGNOSTICS, TextNode.valueOf(words));
    Fields.time(event, EventNumber.LAUNCHED_MILLIS, attempt.path("startTime"));
    Fields.time(event, EventNumber.FINISHED_MILLIS, attempt.path("finishedTime"));
    Fields.number(event, EventNumber.APPLICATION_ATTEMPTS, attempt.path("id"));
    boolean finishedWell = "FINISHED".equals(attempt.path("appAttemptState").asText(""));
    ContainerEnd.of(finishedWell ? Integer.valueOf(0) : null, words).into(event);
    return event.build();
  }

  @Override
  public void close() {
    // The connections of the JDK's client go with it.
  }
}
