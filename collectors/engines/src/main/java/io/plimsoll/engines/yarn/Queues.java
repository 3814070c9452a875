// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.yarn;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.SortedMap;

/** The queues of {@code /ws/v1/cluster/scheduler}, of the Capacity and the Fair Scheduler. */
final class Queues {
  private static final int MAX_QUEUES = 2_000;
  private static final double PERCENT_TO_MILLI = 10;
  private static final double MEGABYTE = 1L << 20;

  private Queues() {}

  private record Queue(JsonNode node, String path) {}

  static void read(JsonNode page, SortedMap<MetricKey, Long> values, int valueLimit) {
    JsonNode root = page.path("scheduler").path("schedulerInfo");
    if (root.has("rootQueue")) {
      root = root.path("rootQueue");
    }
    Deque<Queue> open = new ArrayDeque<>();
    open.add(new Queue(root, name(root)));
    int seen = 0;
    while (!open.isEmpty() && seen < MAX_QUEUES && values.size() + 20 < valueLimit) {
      Queue queue = open.removeFirst();
      seen++;
      values(queue, values);
      children(queue, "queues", open);
      children(queue, "childQueues", open);
    }
  }

  private static String name(JsonNode queue) {
    return queue.path("queueName").asText("root");
  }

  private static void children(Queue queue, String field, Deque<Queue> open) {
    for (JsonNode child : Fields.list(queue.node().path(field).path("queue"))) {
      String name = name(child);
      // The Fair Scheduler writes whole paths.
      String path = name.startsWith("root.") ? name : queue.path() + "." + name;
      open.add(new Queue(child, path));
    }
  }

  private static void values(Queue queue, SortedMap<MetricKey, Long> values) {
    JsonNode node = queue.node();
    Map<String, String> labels = Map.of("queue", queue.path());
    milli(values, "capacity_milli", labels, node.path("absoluteCapacity"), node.path("capacity"));
    milli(
        values,
        "max_capacity_milli",
        labels,
        node.path("absoluteMaxCapacity"),
        node.path("maxCapacity"));
    milli(
        values, "used_milli", labels, node.path("absoluteUsedCapacity"), node.path("usedCapacity"));
    JsonNode used =
        node.path("resourcesUsed").isMissingNode()
            ? node.path("usedResources")
            : node.path("resourcesUsed");
    put(values, "memory.used", labels, Metric.COMPONENT_BYTES, used.path("memory"), MEGABYTE);
    put(values, "vcores.used", labels, Metric.COMPONENT_LEVEL, used.path("vCores"), 1);
    put(values, "apps", labels, Metric.COMPONENT_LEVEL, node.path("numApplications"), 1);
    put(
        values,
        "apps.active",
        labels,
        Metric.COMPONENT_LEVEL,
        node.path("numActiveApplications"),
        1);
    put(
        values,
        "apps.waiting",
        labels,
        Metric.COMPONENT_LEVEL,
        node.path("numPendingApplications"),
        1);
    put(values, "containers", labels, Metric.COMPONENT_LEVEL, node.path("numContainers"), 1);
    put(
        values,
        "containers.waiting",
        labels,
        Metric.COMPONENT_LEVEL,
        node.path("pendingContainers"),
        1);
    put(
        values,
        "master.limit",
        labels,
        Metric.COMPONENT_BYTES,
        node.path("AMResourceLimit").path("memory"),
        MEGABYTE);
    put(
        values,
        "master.used",
        labels,
        Metric.COMPONENT_BYTES,
        node.path("usedAMResource").path("memory"),
        MEGABYTE);
    put(
        values,
        "user.limit",
        labels,
        Metric.COMPONENT_BYTES,
        node.path("userAMResourceLimit").path("memory"),
        MEGABYTE);
  }

  /** Shares of the whole cluster where told (the root tells only its own). */
  private static void milli(
      SortedMap<MetricKey, Long> values,
      String name,
      Map<String, String> labels,
      JsonNode absolute,
      JsonNode own) {
    JsonNode value = absolute.isNumber() ? absolute : own;
    put(values, name, labels, Metric.COMPONENT_LEVEL_MILLI, value, PERCENT_TO_MILLI);
  }

  private static void put(
      SortedMap<MetricKey, Long> values,
      String name,
      Map<String, String> labels,
      Metric metric,
      JsonNode value,
      double scale) {
    Applications.put(values, "yarn.scheduler." + name, labels, metric, value, scale);
  }
}
