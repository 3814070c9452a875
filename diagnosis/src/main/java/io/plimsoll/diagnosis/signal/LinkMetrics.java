// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

/** What is measured of the components that runs use, as their readers tell it. */
public final class LinkMetrics {
  public static final SignalMetric HANDLER_IDLE =
      SignalMetric.low(
          "kafka.request_handler.idle",
          "share",
          SymptomFamily.QUEUEING,
          Origin.KAFKA_READER,
          "idle share of the broker's request handlers");
  public static final SignalMetric NETWORK_IDLE =
      SignalMetric.low(
          "kafka.network_processor.idle",
          "share",
          SymptomFamily.NETWORK,
          Origin.KAFKA_READER,
          "idle share of the broker's network threads");
  public static final SignalMetric QUEUE_TIME =
      SignalMetric.high(
          "kafka.request.queue_time",
          "ms",
          SymptomFamily.QUEUEING,
          Origin.KAFKA_READER,
          "99th percentile of the time that requests wait for a handler");
  public static final SignalMetric THROTTLE_TIME =
      SignalMetric.high(
          "kafka.request.throttle_time",
          "ms",
          SymptomFamily.QUEUEING,
          Origin.KAFKA_READER,
          "99th percentile of the time for which clients are throttled");
  public static final SignalMetric REQUEST_TIME =
      SignalMetric.high(
          "kafka.request.time",
          "ms",
          SymptomFamily.LATENCY,
          Origin.KAFKA_READER,
          "99th percentile of the time to produce");
  public static final SignalMetric FLUSH_TIME =
      SignalMetric.high(
          "kafka.log_flush.time",
          "ms",
          SymptomFamily.DISK,
          Origin.KAFKA_READER,
          "99th percentile of the time to flush a log");
  public static final SignalMetric UNDER_REPLICATED =
      SignalMetric.high(
          "kafka.partitions.under_replicated",
          "count",
          SymptomFamily.AVAILABILITY,
          Origin.KAFKA_READER,
          "partitions with fewer replicas in sync than asked for");
  public static final SignalMetric UNDER_MIN_ISR =
      SignalMetric.high(
          "kafka.partitions.under_min_isr",
          "count",
          SymptomFamily.AVAILABILITY,
          Origin.KAFKA_READER,
          "partitions that refuse records");
  public static final SignalMetric OFFLINE_PARTITIONS =
      SignalMetric.high(
          "kafka.partitions.offline",
          "count",
          SymptomFamily.AVAILABILITY,
          Origin.KAFKA_READER,
          "partitions without a leader");
  public static final SignalMetric FAILED_REQUESTS =
      SignalMetric.high(
          "kafka.requests.failed.rate",
          "per second",
          SymptomFamily.ERRORS,
          Origin.KAFKA_READER,
          "requests that failed");
  public static final SignalMetric PARTITION_SKEW =
      SignalMetric.high(
          "kafka.topic.partition.skew",
          "ratio",
          SymptomFamily.SKEW,
          Origin.KAFKA_READER,
          "largest over mean partition of the topic");
  public static final SignalMetric PARTITION_BYTES =
      SignalMetric.high(
          "kafka.topic.bytes",
          "bytes",
          SymptomFamily.DATA_VOLUME,
          Origin.KAFKA_READER,
          "bytes of the topic on this broker");
  public static final SignalMetric LEADER_SHARE =
      SignalMetric.high(
          "kafka.bytes_in.share",
          "share",
          SymptomFamily.SKEW,
          Origin.KAFKA_READER,
          "the broker's share of the bytes of all brokers times their number");
  public static final SignalMetric LAG =
      SignalMetric.high(
          "kafka.consumer.lag.time",
          "ms",
          SymptomFamily.LATENCY,
          Origin.NOBODY,
          "time by which a consumer is behind");
  public static final SignalMetric LAG_GROWTH =
      SignalMetric.high(
          "kafka.consumer.lag.growth",
          "per hour",
          SymptomFamily.LATENCY,
          Origin.NOBODY,
          "growth of the lag while the job has time");
  public static final SignalMetric REBALANCES =
      SignalMetric.high(
          "kafka.consumer.rebalances",
          "per hour",
          SymptomFamily.AVAILABILITY,
          Origin.NOBODY,
          "rebalances of the consumer group");
  public static final SignalMetric RPC_QUEUE =
      SignalMetric.high(
          "hdfs.rpc.queue_time",
          "ms",
          SymptomFamily.QUEUEING,
          Origin.HDFS_READER,
          "mean wait of a call for a handler");
  public static final SignalMetric EDIT_SYNC =
      SignalMetric.high(
          "hdfs.edit_sync",
          "ms",
          SymptomFamily.DISK,
          Origin.HDFS_READER,
          "mean time to write the edit log");
  public static final SignalMetric LISTINGS =
      SignalMetric.high(
          "hdfs.listings.rate",
          "per second",
          SymptomFamily.THROUGHPUT,
          Origin.HDFS_READER,
          "directory listings");
  public static final SignalMetric MISSING_BLOCKS =
      SignalMetric.high(
          "hdfs.blocks.missing",
          "count",
          SymptomFamily.AVAILABILITY,
          Origin.HDFS_READER,
          "blocks without any replica");
  public static final SignalMetric UNDER_REPLICATED_BLOCKS =
      SignalMetric.high(
          "hdfs.blocks.under_replicated.share",
          "share",
          SymptomFamily.AVAILABILITY,
          Origin.HDFS_READER,
          "share of the blocks with fewer replicas than asked for");
  public static final SignalMetric DEAD_DATANODES =
      SignalMetric.high(
          "hdfs.datanodes.dead.share",
          "share",
          SymptomFamily.AVAILABILITY,
          Origin.HDFS_READER,
          "share of the DataNodes that no longer report");
  public static final SignalMetric HDFS_FULL =
      SignalMetric.high(
          "hdfs.capacity.used.share",
          "share",
          SymptomFamily.DISK,
          Origin.HDFS_READER,
          "used share of the space on all DataNodes");
  public static final SignalMetric READ_OP =
      SignalMetric.high(
          "hdfs.datanode.read_op",
          "ms",
          SymptomFamily.DISK,
          Origin.HDFS_READER,
          "mean time to read a block");
  public static final SignalMetric DISK_FLUSH =
      SignalMetric.high(
          "hdfs.datanode.flush",
          "ms",
          SymptomFamily.DISK,
          Origin.HDFS_READER,
          "mean time to flush or sync to disk");
  public static final SignalMetric DATANODE_FULL =
      SignalMetric.high(
          "hdfs.datanode.used.share",
          "share",
          SymptomFamily.DISK,
          Origin.HDFS_READER,
          "used share of the space of the DataNode");
  public static final SignalMetric FAILED_VOLUMES =
      SignalMetric.high(
          "hdfs.datanode.volumes.failed",
          "count",
          SymptomFamily.DISK,
          Origin.HDFS_READER,
          "failed volumes of the DataNode");
  public static final SignalMetric NETWORK_ERRORS =
      SignalMetric.high(
          "hdfs.datanode.network_errors.rate",
          "per hour",
          SymptomFamily.NETWORK,
          Origin.HDFS_READER,
          "broken transfers");
  public static final SignalMetric PACKET_ACK =
      SignalMetric.high(
          "hdfs.datanode.packet_ack",
          "ms",
          SymptomFamily.NETWORK,
          Origin.HDFS_READER,
          "mean time until the next DataNode acknowledges a packet");
  public static final SignalMetric QUEUE_USED =
      SignalMetric.high(
          "yarn.queue.used.share",
          "share",
          SymptomFamily.QUEUEING,
          Origin.YARN_READER,
          "used over largest capacity of the queue");
  public static final SignalMetric QUEUE_PENDING =
      SignalMetric.high(
          "yarn.queue.containers.pending",
          "count",
          SymptomFamily.QUEUEING,
          Origin.YARN_READER,
          "containers that the queue waits for");
  public static final SignalMetric QUEUE_PENDING_SPARE =
      SignalMetric.high(
          "yarn.queue.containers.pending.with_room",
          "count",
          SymptomFamily.QUEUEING,
          Origin.YARN_READER,
          "containers that wait although the queue has room");
  public static final SignalMetric QUEUE_APPS_WAITING =
      SignalMetric.high(
          "yarn.queue.apps.waiting",
          "count",
          SymptomFamily.QUEUEING,
          Origin.YARN_READER,
          "applications that wait for admission");
  public static final SignalMetric QUEUE_MASTER_SHARE =
      SignalMetric.high(
          "yarn.queue.masters.share",
          "share",
          SymptomFamily.QUEUEING,
          Origin.YARN_READER,
          "memory of application masters over its limit in the queue");
  public static final SignalMetric PREEMPTED =
      SignalMetric.high(
          "yarn.queue.preempted.share",
          "share",
          SymptomFamily.AVAILABILITY,
          Origin.YARN_READER,
          "share of the containers that were preempted");
  public static final SignalMetric NODES_LOST =
      SignalMetric.high(
          "yarn.nodes.lost.share",
          "share",
          SymptomFamily.AVAILABILITY,
          Origin.YARN_READER,
          "share of the nodes that are lost or unhealthy");
  public static final SignalMetric RM_QUEUE_TIME =
      SignalMetric.high(
          "yarn.rpc.queue_time",
          "ms",
          SymptomFamily.QUEUEING,
          Origin.YARN_READER,
          "mean wait of a call for a handler");
  public static final SignalMetric NODE_DISK =
      SignalMetric.high(
          "yarn.node.local_dirs.used",
          "share",
          SymptomFamily.DISK,
          Origin.YARN_READER,
          "used share of the local folders");
  public static final SignalMetric BAD_DIRS =
      SignalMetric.high(
          "yarn.node.local_dirs.bad",
          "count",
          SymptomFamily.DISK,
          Origin.YARN_READER,
          "local folders that are full or broken");
  public static final SignalMetric CONTAINERS_FAILED =
      SignalMetric.high(
          "yarn.node.containers.failed.share",
          "share",
          SymptomFamily.ERRORS,
          Origin.YARN_READER,
          "share of the containers that failed on the node");
  public static final SignalMetric LAUNCH_TIME =
      SignalMetric.high(
          "yarn.node.launch",
          "ms",
          SymptomFamily.LATENCY,
          Origin.YARN_READER,
          "mean time to launch a container");
  public static final SignalMetric SHUFFLE_FAILED =
      SignalMetric.high(
          "yarn.shuffle.failed.rate",
          "per hour",
          SymptomFamily.NETWORK,
          Origin.YARN_READER,
          "shuffle answers that failed");
  public static final SignalMetric METASTORE_TIME =
      SignalMetric.high(
          "hive.api.time",
          "ms",
          SymptomFamily.LATENCY,
          Origin.METASTORE_READER,
          "99th percentile of the slowest call");
  public static final SignalMetric DAEMON_HEAP =
      SignalMetric.high(
          "component.heap.share",
          "share",
          SymptomFamily.MEMORY,
          Origin.HDFS_READER,
          "heap in use over its limit");
  public static final SignalMetric DAEMON_GC =
      SignalMetric.high(
          "component.gc.share",
          "share",
          SymptomFamily.GARBAGE_COLLECTION,
          Origin.HDFS_READER,
          "collections as a share of the time observed");
  public static final SignalMetric POD_PENDING =
      SignalMetric.high(
          "k8s.pod.pending",
          "ms",
          SymptomFamily.QUEUEING,
          Origin.NOBODY,
          "time that a pod waits to be scheduled");
  public static final SignalMetric POD_START_FAILED =
      SignalMetric.high(
          "k8s.pod.start_failures",
          "count",
          SymptomFamily.AVAILABILITY,
          Origin.NOBODY,
          "pods that cannot start: image, configuration or crash loop");
  public static final SignalMetric QUOTA_REACHED =
      SignalMetric.high(
          "k8s.quota.reached",
          "count",
          SymptomFamily.QUEUEING,
          Origin.NOBODY,
          "pods refused for a quota");
  public static final SignalMetric HOST_CPU =
      SignalMetric.high(
          "host.cpu.use", "share", SymptomFamily.CPU, Origin.NOBODY, "CPU in use on the host");
  public static final SignalMetric HOST_DISK_WAIT =
      SignalMetric.high(
          "host.disk.wait",
          "ms",
          SymptomFamily.DISK,
          Origin.NOBODY,
          "mean wait of a request to a disk");
  public static final SignalMetric NIC_USE =
      SignalMetric.high(
          "host.network.use",
          "share",
          SymptomFamily.NETWORK,
          Origin.NOBODY,
          "bytes over the speed of the network card");
  public static final SignalMetric RETRANSMITS =
      SignalMetric.high(
          "host.tcp.retransmits.share",
          "share",
          SymptomFamily.NETWORK,
          Origin.NOBODY,
          "share of the TCP segments that were sent again");
  public static final SignalMetric CLOCK_SKEW =
      SignalMetric.high(
          "host.clock.skew",
          "ms",
          SymptomFamily.AVAILABILITY,
          Origin.NOBODY,
          "distance of the host clock from the others");

  private LinkMetrics() {}
}
