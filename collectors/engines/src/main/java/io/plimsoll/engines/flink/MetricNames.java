// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.flink;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which of Flink's metric names becomes which metric on the wire. */
final class MetricNames {
  /** Flink's server refuses longer request lines. */
  private static final int MAX_QUERY_CHARS = 3_000;

  /** Beyond this many values a vertex's answer is cut: it would not be read anyway. */
  private static final int MAX_VALUES = 200_000;

  private static final Map<String, Metric> TASK =
      Map.ofEntries(
          entry("busyTimeMsPerSecond", Metric.FLINK_BUSY),
          entry("idleTimeMsPerSecond", Metric.FLINK_IDLE),
          entry("backPressuredTimeMsPerSecond", Metric.FLINK_BACK_PRESSURED),
          entry("softBackPressuredTimeMsPerSecond", Metric.FLINK_SOFT_BACK_PRESSURED),
          entry("hardBackPressuredTimeMsPerSecond", Metric.FLINK_HARD_BACK_PRESSURED),
          entry("accumulateBusyTimeMs", Metric.FLINK_ACCUMULATED_BUSY),
          entry("accumulateIdleTimeMs", Metric.FLINK_ACCUMULATED_IDLE),
          entry("accumulateBackPressuredTimeMs", Metric.FLINK_ACCUMULATED_BACK_PRESSURED),
          entry("numRecordsIn", Metric.FLINK_RECORDS_IN),
          entry("numRecordsOut", Metric.FLINK_RECORDS_OUT),
          entry("numBytesIn", Metric.FLINK_BYTES_IN),
          entry("numBytesOut", Metric.FLINK_BYTES_OUT),
          entry("currentInputWatermark", Metric.FLINK_WATERMARK),
          entry("mailboxQueueSize", Metric.FLINK_MAILBOX_QUEUE),
          entry("checkpointStartDelayNanos", Metric.FLINK_CHECKPOINT_START_DELAY),
          entry("Shuffle.Netty.Input.Buffers.inPoolUsage", Metric.FLINK_IN_POOL_USAGE_MILLI),
          entry("Shuffle.Netty.Output.Buffers.outPoolUsage", Metric.FLINK_OUT_POOL_USAGE_MILLI));

  private static final Map<String, Metric> ROCKSDB =
      Map.ofEntries(
          entry("cur-size-all-mem-tables", Metric.ROCKSDB_MEMTABLES),
          entry("block-cache-usage", Metric.ROCKSDB_BLOCK_CACHE_USED),
          entry("block-cache-pinned-usage", Metric.ROCKSDB_BLOCK_CACHE_PINNED),
          entry("block-cache-capacity", Metric.ROCKSDB_BLOCK_CACHE_CAPACITY),
          entry("estimate-table-readers-mem", Metric.ROCKSDB_TABLE_READERS),
          entry("estimate-live-data-size", Metric.ROCKSDB_LIVE_DATA),
          entry("live-sst-files-size", Metric.ROCKSDB_SST_FILES),
          entry("estimate-num-keys", Metric.ROCKSDB_KEYS),
          entry("num-running-compactions", Metric.ROCKSDB_RUNNING_COMPACTIONS),
          entry("num-running-flushes", Metric.ROCKSDB_RUNNING_FLUSHES),
          entry("estimate-pending-compaction-bytes", Metric.ROCKSDB_PENDING_COMPACTION),
          entry("actual-delayed-write-rate", Metric.ROCKSDB_DELAYED_WRITE_RATE),
          entry("is-write-stopped", Metric.ROCKSDB_WRITE_STOPPED));

  private static final Set<Metric> SHARED =
      Set.of(
          Metric.ROCKSDB_BLOCK_CACHE_USED,
          Metric.ROCKSDB_BLOCK_CACHE_PINNED,
          Metric.ROCKSDB_BLOCK_CACHE_CAPACITY);

  private static final Map<String, Metric> PROCESS =
      Map.ofEntries(
          entry("Status.JVM.Memory.Heap.Used", Metric.FLINK_HEAP_USED),
          entry("Status.JVM.Memory.Heap.Max", Metric.FLINK_HEAP_MAX),
          entry("Status.JVM.Memory.Metaspace.Used", Metric.FLINK_METASPACE_USED),
          entry("Status.JVM.Memory.Direct.MemoryUsed", Metric.FLINK_DIRECT_USED),
          entry("Status.JVM.CPU.Time", Metric.FLINK_JVM_CPU),
          entry("Status.Flink.Memory.Managed.Used", Metric.FLINK_MANAGED_USED),
          entry("Status.Flink.Memory.Managed.Total", Metric.FLINK_MANAGED_TOTAL),
          entry("Status.Shuffle.Netty.UsedMemory", Metric.FLINK_NETWORK_USED),
          entry("Status.Shuffle.Netty.TotalMemory", Metric.FLINK_NETWORK_TOTAL),
          entry("Status.JVM.GarbageCollector.All.Time", Metric.FLINK_GC_TIME));

  static final String PROCESS_QUERY = "?get=" + String.join(",", PROCESS.keySet());

  private static final Pattern SUBTASK = Pattern.compile("(\\d{1,6})\\.(.{1,400})");
  private static final Pattern ROCKSDB_NAME =
      Pattern.compile(".*[._]rocksdb[._]([a-z-]{1,60})", Pattern.DOTALL);

  private MetricNames() {}

  /** Of a vertex's metric ids those that are read, for the first {@code subtasks} subtasks. */
  static List<String> wanted(JsonNode ids, int subtasks) {
    List<String> wanted = new ArrayList<>();
    for (JsonNode id : ids) {
      String name = id.path("id").asText("");
      Matcher parts = SUBTASK.matcher(name);
      if (wanted.size() < MAX_VALUES
          && parts.matches()
          && Integer.parseInt(parts.group(1)) < subtasks
          && metric(parts.group(2)) != null) {
        wanted.add(name);
      }
    }
    return wanted;
  }

  static boolean anyRocksDb(List<String> names) {
    return names.stream().anyMatch(name -> ROCKSDB_NAME.matcher(name).matches());
  }

  /** Queries that together ask for all names, each short enough for Flink's server. */
  static List<String> queries(List<String> names) {
    List<String> queries = new ArrayList<>();
    StringBuilder query = new StringBuilder();
    for (String name : names) {
      String encoded = java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8);
      if (query.length() > 0 && query.length() + encoded.length() > MAX_QUERY_CHARS) {
        queries.add(query.toString());
        query.setLength(0);
      }
      query.append(query.length() == 0 ? "?get=" : ",").append(encoded);
    }
    if (query.length() > 0) {
      queries.add(query.toString());
    }
    return queries;
  }

  /**
   * Adds a vertex's values; column families of one subtask are summed up, but for the block cache,
   * which they share.
   */
  static void subtasks(JsonNode answer, String vertex, Map<MetricKey, Long> values) {
    for (JsonNode pair : answer) {
      Matcher parts = SUBTASK.matcher(pair.path("id").asText(""));
      if (!parts.matches() || values.size() >= MAX_VALUES) {
        continue;
      }
      Metric metric = metric(parts.group(2));
      String text = pair.path("value").asText("");
      if (metric != null) {
        MetricKey key = MetricKey.of(metric, vertex + "/" + Integer.parseInt(parts.group(1)));
        boolean shared = SHARED.contains(metric);
        value(metric, text)
            .ifPresent(value -> values.merge(key, value, shared ? Math::max : Long::sum));
      }
    }
  }

  /** Adds a JobManager's or TaskManager's values. */
  static void process(JsonNode answer, String instance, Map<MetricKey, Long> values) {
    for (JsonNode pair : answer) {
      Metric metric = PROCESS.get(pair.path("id").asText(""));
      if (metric != null) {
        value(metric, pair.path("value").asText(""))
            .ifPresent(value -> values.put(MetricKey.of(metric, instance), value));
      }
    }
  }

  /** Negative values stand for what Flink does not know, such as no watermark yet. */
  private static OptionalLong value(Metric metric, String text) {
    boolean share =
        metric == Metric.FLINK_IN_POOL_USAGE_MILLI || metric == Metric.FLINK_OUT_POOL_USAGE_MILLI;
    OptionalLong value = share ? Json.thousandths(text) : Json.number(text);
    return value.isPresent() && value.getAsLong() < 0 ? OptionalLong.empty() : value;
  }

  private static @Nullable Metric metric(String name) {
    Metric metric = TASK.get(name);
    if (metric != null) {
      return metric;
    }
    Matcher rocks = ROCKSDB_NAME.matcher(name);
    return rocks.matches() ? ROCKSDB.get(rocks.group(1)) : null;
  }
}
