// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.wire.Role;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes signals of brokers, NameNodes, DataNodes, ResourceManagers, NodeManagers and metastores, by
 * the names that the component descriptions give to their metrics.
 */
public final class ComponentSignals {
  private static final double MILLI = 1e-3;

  /** At most this share of a queue in use leaves room (the rest may be in flight). */
  private static final double ROOM = 0.9;

  private static final int PART_OF_ID = 8;

  private final ComponentId id;
  private final ComponentValues values;
  private final SignalSet.Builder signals;

  private ComponentSignals(ComponentId id, ComponentValues values, SignalSet.Builder signals) {
    this.id = id;
    this.values = values;
    this.signals = signals;
  }

  /** The signals of these components; of a role that is no component's there are none. */
  public static SignalSet of(List<ProcessProfile> components) {
    SignalSet.Builder signals = SignalSet.builder();
    Map<Role, Set<String>> taken = new EnumMap<>(Role.class);
    for (ProcessProfile process : components) {
      String name = name(process, taken);
      ComponentValues values = new ComponentValues(process);
      Role role = process.role();
      switch (role) {
        case KAFKA_BROKER -> at(ComponentType.KAFKA_BROKER, name, values, signals).kafka();
        case NAMENODE -> at(ComponentType.NAMENODE, name, values, signals).nameNode();
        case DATANODE -> at(ComponentType.DATANODE, name, values, signals).dataNode();
        case RESOURCE_MANAGER ->
            at(ComponentType.RESOURCE_MANAGER, name, values, signals).resourceManager();
        case NODE_MANAGER -> at(ComponentType.NODE_MANAGER, name, values, signals).nodeManager();
        case METASTORE -> at(ComponentType.METASTORE, name, values, signals).metastore();
        default -> {
          // No component of the link.
        }
      }
    }
    return signals.build();
  }

  /** The host's name; of further processes of the role on it, with a part of the process's id. */
  private static String name(ProcessProfile process, Map<Role, Set<String>> taken) {
    String id = process.identity().process().toString();
    String host = process.identity().host();
    Set<String> names = taken.computeIfAbsent(process.role(), any -> new HashSet<>());
    if (!host.isEmpty() && names.add(host)) {
      return host;
    }
    String longer = host.isEmpty() ? id : host + "-" + id.substring(0, PART_OF_ID);
    return names.add(longer) ? longer : id;
  }

  private static ComponentSignals at(
      ComponentType type, String name, ComponentValues values, SignalSet.Builder signals) {
    return new ComponentSignals(ComponentId.of(type, name), values, signals);
  }

  private void kafka() {
    put(LinkMetrics.HANDLER_IDLE, values.mean("kafka.request_handler.idle_milli") * MILLI);
    put(LinkMetrics.NETWORK_IDLE, values.mean("kafka.network_processor.idle_milli") * MILLI);
    put(LinkMetrics.QUEUE_TIME, values.mean("kafka.request.queue_time.p99"));
    put(LinkMetrics.THROTTLE_TIME, values.mean("kafka.request.throttle_time.p99"));
    put(LinkMetrics.REQUEST_TIME, values.labelled("kafka.request.time.p99", "request", "Produce"));
    put(LinkMetrics.FLUSH_TIME, values.mean("kafka.log_flush.time.p99"));
    put(LinkMetrics.UNDER_REPLICATED, values.max("kafka.partitions.under_replicated"));
    put(LinkMetrics.UNDER_MIN_ISR, values.max("kafka.partitions.under_min_isr"));
    put(LinkMetrics.OFFLINE_PARTITIONS, values.max("kafka.partitions.offline"));
    put(
        LinkMetrics.FAILED_REQUESTS,
        values.rate("kafka.produce.failed") + values.rate("kafka.fetch.failed"));
    Map<String, Map<String, Double>> topics = new TreeMap<>();
    values
        .all("kafka.partition.size")
        .forEach(
            (labels, size) ->
                topics
                    .computeIfAbsent(ComponentValues.label(labels, "topic"), any -> new HashMap<>())
                    .put(labels, size));
    topics.forEach(this::topic);
  }

  private void topic(String topic, Map<String, Double> partitions) {
    double sum = partitions.values().stream().mapToDouble(each -> each).sum();
    double most = partitions.values().stream().mapToDouble(each -> each).max().orElse(0);
    ComponentId name = ComponentId.of(ComponentType.KAFKA_TOPIC, topic + "@" + id.name());
    signals.put(name, LinkMetrics.PARTITION_BYTES, sum, partitions.size());
    if (partitions.size() > 1) {
      signals.share(
          name, LinkMetrics.PARTITION_SKEW, most, sum / partitions.size(), partitions.size());
    }
  }

  private void nameNode() {
    put(LinkMetrics.RPC_QUEUE, values.mean("rpc.queue_time.mean"));
    put(LinkMetrics.EDIT_SYNC, values.mean("hdfs.edit_sync.mean"));
    put(LinkMetrics.LISTINGS, values.rate("hdfs.op.list"));
    put(LinkMetrics.MISSING_BLOCKS, values.max("hdfs.blocks.missing"));
    share(
        LinkMetrics.UNDER_REPLICATED_BLOCKS,
        values.mean("hdfs.blocks.under_replicated"),
        values.mean("hdfs.blocks"));
    double dead = values.max("hdfs.datanodes.dead");
    share(LinkMetrics.DEAD_DATANODES, dead, dead + values.max("hdfs.datanodes.live"));
    share(LinkMetrics.HDFS_FULL, values.max("hdfs.capacity.used"), values.max("hdfs.capacity"));
    daemon();
  }

  private void dataNode() {
    put(LinkMetrics.READ_OP, values.mean("hdfs.datanode.read_op.mean"));
    put(
        LinkMetrics.DISK_FLUSH,
        Math.max(values.mean("hdfs.datanode.flush.mean"), values.mean("hdfs.datanode.fsync.mean")));
    put(LinkMetrics.PACKET_ACK, values.mean("hdfs.datanode.packet_ack.mean"));
    share(
        LinkMetrics.DATANODE_FULL,
        values.max("hdfs.datanode.capacity") - values.min("hdfs.datanode.capacity.remaining"),
        values.max("hdfs.datanode.capacity"));
    put(LinkMetrics.FAILED_VOLUMES, values.max("hdfs.datanode.volumes.failed"));
    put(LinkMetrics.NETWORK_ERRORS, values.rate("hdfs.datanode.network_errors") * 3600);
    daemon();
  }

  private void daemon() {
    share(LinkMetrics.DAEMON_HEAP, values.max("jvm.heap.used"), values.max("jvm.heap.max"));
    put(LinkMetrics.DAEMON_GC, values.rate("jvm.gc.time") * MILLI);
  }

  private void resourceManager() {
    double lost = values.max("yarn.nodes.lost") + values.max("yarn.nodes.unhealthy");
    share(LinkMetrics.NODES_LOST, lost, lost + values.max("yarn.nodes.active"));
    put(LinkMetrics.RM_QUEUE_TIME, values.mean("rpc.queue_time.mean"));
    for (String labels : values.all("yarn.scheduler.used_milli").keySet()) {
      queue(labels);
    }
    for (String labels : values.all("yarn.queue.containers.allocated_total").keySet()) {
      double allocated = values.growth("yarn.queue.containers.allocated_total", labels);
      double preempted = values.growth("yarn.queue.containers.preempted_total", labels);
      if (preempted >= 0) {
        signals.share(queueId(labels), LinkMetrics.PREEMPTED, preempted, allocated, 1);
      }
    }
  }

  private void queue(String labels) {
    ComponentId queue = queueId(labels);
    double used = values.exact("yarn.scheduler.used_milli", labels);
    double limit = values.exact("yarn.scheduler.max_capacity_milli", labels);
    double share = limit > 0 ? used / limit : Double.NaN;
    signals.put(queue, LinkMetrics.QUEUE_USED, share);
    double waiting = values.exact("yarn.scheduler.containers.waiting", labels);
    signals
        .put(queue, LinkMetrics.QUEUE_PENDING, waiting)
        .put(
            queue,
            LinkMetrics.QUEUE_PENDING_SPARE,
            Double.isFinite(share) && share < ROOM ? waiting : waiting * 0)
        .put(
            queue,
            LinkMetrics.QUEUE_APPS_WAITING,
            values.exact("yarn.scheduler.apps.waiting", labels));
    double masters = values.exact("yarn.scheduler.master.limit", labels);
    if (masters > 0) {
      signals.put(
          queue,
          LinkMetrics.QUEUE_MASTER_SHARE,
          values.exact("yarn.scheduler.master.used", labels) / masters);
    }
  }

  private static ComponentId queueId(String labels) {
    String path = ComponentValues.label(labels, "queue");
    return ComponentId.of(ComponentType.QUEUE, path.isEmpty() ? labels : path);
  }

  private void nodeManager() {
    put(LinkMetrics.NODE_DISK, values.max("yarn.node.local_dirs.used_milli") * MILLI);
    put(LinkMetrics.BAD_DIRS, values.max("yarn.node.local_dirs.bad"));
    share(
        LinkMetrics.CONTAINERS_FAILED,
        values.growth("yarn.node.containers.failed"),
        values.growth("yarn.node.containers.launched"));
    put(LinkMetrics.LAUNCH_TIME, values.mean("yarn.node.launch.mean"));
    put(LinkMetrics.SHUFFLE_FAILED, values.rate("yarn.shuffle.failed") * 3600);
  }

  private void metastore() {
    double slowest = Double.NaN;
    for (double each : values.all("hive.api.time.p99").values()) {
      slowest = Double.isNaN(slowest) ? each : Math.max(slowest, each);
    }
    put(LinkMetrics.METASTORE_TIME, slowest);
  }

  private void put(SignalMetric metric, double value) {
    signals.put(id, metric, value);
  }

  private void share(SignalMetric metric, double part, double whole) {
    signals.share(id, metric, part, whole, 1);
  }
}
