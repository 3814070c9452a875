// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis;

import static io.plimsoll.diagnosis.WireRun.WALL;
import static io.plimsoll.diagnosis.WireRun.at;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.QueryPlan;
import io.plimsoll.wire.Role;
import java.util.ArrayList;
import java.util.List;

/** Runs and components that say all that their sources can say. */
final class FullRun {
  private static final long GIB = 1L << 30;
  private static final int EXECUTORS = 6;

  private FullRun() {}

  static List<WireRun> spark() {
    WireRun driver = WireRun.process(Role.DRIVER, "driver", "host-0");
    jvm(driver);
    driver
        .event(
            at(EventKind.APPLICATION_STARTED, 0)
                .put(EventText.ENGINE, "spark")
                .put(EventText.ENGINE_VERSION, "4.0.1"))
        .event(
            at(EventKind.ENVIRONMENT, 0)
                .property("spark.master", "yarn")
                .property("spark.executor.memory", "4g")
                .property("spark.executor.cores", "2")
                .property("spark.driver.cores", "1"))
        .event(
            at(EventKind.LISTENER_EVENTS_DROPPED, 0)
                .put(EventText.QUEUE, "shared")
                .put(EventNumber.DROPPED_COUNT, 0));
    List<WireRun> all = new ArrayList<>();
    all.add(driver);
    for (int i = 1; i <= EXECUTORS; i++) {
      String id = Integer.toString(i);
      driver
          .event(
              at(EventKind.EXECUTOR_ADDED, 1_000)
                  .put(EventText.EXECUTOR_ID, id)
                  .put(EventText.HOST, "host-" + i)
                  .put(EventNumber.CORES, 2))
          .event(peaks(id));
      WireRun executor = WireRun.process(Role.EXECUTOR, id, "host-" + i);
      jvm(executor);
      all.add(executor);
    }
    driver.event(peaks("driver"));
    stages(driver);
    query(driver);
    driver.event(at(EventKind.APPLICATION_ENDED, WALL));
    return all;
  }

  private static EngineEvent.Builder peaks(String id) {
    return at(EventKind.EXECUTOR_METRICS, 1_000)
        .put(EventText.EXECUTOR_ID, id)
        .put(EventNumber.PEAK_HEAP_BYTES, GIB)
        .put(EventNumber.PEAK_ON_HEAP_UNIFIED_BYTES, GIB / 4);
  }

  private static void stages(WireRun driver) {
    driver.event(
        at(EventKind.JOB_STARTED, 2_000)
            .put(EventNumber.JOB_ID, 0)
            .put(EventNumber.SQL_EXECUTION, 0)
            .put(EventText.STAGE_IDS, "0,1,2"));
    for (int stage = 0; stage < 3; stage++) {
      long from = 2_000 + stage * 100_000L;
      driver.event(
          at(EventKind.STAGE_COMPLETED, from + 90_000)
              .put(EventNumber.STAGE_ID, stage)
              .put(EventNumber.STAGE_ATTEMPT, 0)
              .put(EventNumber.TASK_COUNT, 24)
              .put(EventNumber.SUBMITTED_MILLIS, WireRun.START + from)
              .put(EventNumber.COMPLETED_MILLIS, WireRun.START + from + 90_000)
              .put(EventText.ACCUMULATORS, "1=2000000,2=4000000000,3=500,4=700,5=900,6=10,7=9"));
      for (int task = 0; task < 24; task++) {
        driver.event(task(stage, task, from));
      }
    }
    driver.event(
        at(EventKind.JOB_ENDED, 310_000).put(EventNumber.JOB_ID, 0).put(EventNumber.SUCCEEDED, 1));
  }

  private static EngineEvent.Builder task(int stage, int task, long from) {
    boolean failed = task == 7;
    return at(EventKind.TASK_ENDED, from + 20_000)
        .put(EventNumber.STAGE_ID, stage)
        .put(EventNumber.STAGE_ATTEMPT, 0)
        .put(EventNumber.TASK_ID, stage * 100L + task)
        .put(EventNumber.LAUNCHED_MILLIS, WireRun.START + from + 500)
        .put(EventNumber.FINISHED_MILLIS, WireRun.START + from + 11_000)
        .put(EventNumber.RUN_TIME_MILLIS, 10_000 + task)
        .put(EventNumber.CPU_TIME_NANOS, 8_000_000_000L)
        .put(EventNumber.GC_TIME_MILLIS, 100)
        .put(EventNumber.DESERIALIZE_TIME_MILLIS, 40)
        .put(EventNumber.PEAK_EXECUTION_BYTES, 1 << 20)
        .put(EventNumber.INPUT_BYTES, GIB)
        .put(EventNumber.OUTPUT_BYTES, 1 << 20)
        .put(EventNumber.SHUFFLE_READ_BYTES, 1 << 20)
        .put(EventNumber.SHUFFLE_LOCAL_BLOCKS, 3)
        .put(EventNumber.SHUFFLE_WRITE_BYTES, 1 << 20)
        .put(EventNumber.SHUFFLE_WRITE_NANOS, 1_000_000)
        .put(EventNumber.SPECULATIVE, task % 5 == 0 ? 1 : 0)
        .put(EventText.LOCALITY, "NODE_LOCAL")
        .put(EventText.EXECUTOR_ID, Integer.toString(1 + task % EXECUTORS))
        .put(EventText.HOST, "host-" + (1 + task % EXECUTORS))
        .put(EventText.OUTCOME, failed ? "FAILED" : "SUCCEEDED");
  }

  private static void query(WireRun driver) {
    QueryPlan.Builder plan = QueryPlan.builder();
    plan.node(
        0,
        "Execute InsertIntoHadoopFsRelationCommand",
        "x",
        metrics("3:sum:number of written files", "4:size:written output"));
    plan.node(1, "Filter", "Filter (a > 1)", List.of());
    plan.node(
        2,
        "SortMergeJoin",
        "SortMergeJoin [a], [b], Inner",
        metrics("1:sum:number of output rows", "2:size:spill size"));
    plan.node(3, "Exchange", "Exchange hashpartitioning(a)", metrics("2:size:data size"));
    plan.node(
        4, "BatchEvalPython", "BatchEvalPython [f(a)]", metrics("1:sum:number of output rows"));
    plan.node(
        5,
        "Scan parquet db.t",
        "FileScan parquet Location: X[db/t], PartitionFilters: [], PushedFilters: []",
        metrics(
            "1:sum:number of output rows",
            "2:size:size of files read",
            "3:sum:number of files read",
            "6:sum:number of partitions read",
            "7:timing:metadata time"));
    plan.node(3, "Exchange", "Exchange hashpartitioning(b)", metrics("2:size:data size"));
    plan.node(4, "BroadcastNestedLoopJoin", "x", metrics("1:sum:number of output rows"));
    plan.node(
        5,
        "Scan JDBCRelation(t)",
        "Scan JDBCRelation(t) [numPartitions=1]",
        metrics("1:sum:number of output rows"));
    plan.node(5, "BroadcastExchange", "x", metrics("2:size:data size"));
    driver
        .event(
            at(EventKind.SQL_STARTED, 2_000)
                .put(EventNumber.SQL_EXECUTION, 0)
                .put(EventText.PLAN, plan.build().encode()))
        .event(at(EventKind.SQL_ENDED, 310_000).put(EventNumber.SQL_EXECUTION, 0));
  }

  private static List<QueryPlan.Metric> metrics(String... texts) {
    return QueryPlan.parseMetrics(String.join("|", texts));
  }

  private static void jvm(WireRun process) {
    for (Metric metric :
        List.of(
            Metric.HEAP_USED,
            Metric.HEAP_MAX,
            Metric.HEAP_COMMITTED,
            Metric.DIRECT_USED,
            Metric.RSS,
            Metric.OPEN_FILES,
            Metric.OPEN_FILES_LIMIT,
            Metric.SWAP,
            Metric.MEMORY_KILL_LIMIT,
            Metric.MEMORY_KILL_DISTANCE,
            Metric.THREADS,
            Metric.PROCESS_CPU,
            Metric.CPU_GC,
            Metric.CPU_JIT,
            Metric.CPU_UNNAMED,
            Metric.RUN_QUEUE_WAIT,
            Metric.CGROUP_CPU_PERIODS,
            Metric.CGROUP_CPU_THROTTLED,
            Metric.SAFEPOINT_COUNT,
            Metric.SAFEPOINT_TIME,
            Metric.THREADS_STARTED,
            Metric.MAJOR_FAULTS,
            Metric.MEMORY_PRESSURE_SOME,
            Metric.CGROUP_OOM_KILL,
            Metric.CGROUP_MEMORY_LIMIT_HITS)) {
      process.tell(metric, 1_000_000);
    }
    process
        .tell(Metric.AVAILABLE_PROCESSORS, 2)
        .tell(Metric.CHILDREN_RSS, "python", 5)
        .tell(Metric.GC_CAUSE_COUNT, "G1 Evacuation Pause", 5)
        .tell(Metric.POOL_USED, "Metaspace", 5)
        .tell(Metric.POOL_MAX, "Metaspace", 50)
        .tell(Metric.POOL_USED, "CodeHeap 'profiled nmethods'", 5)
        .tell(Metric.POOL_MAX, "CodeHeap 'profiled nmethods'", 50)
        .event(
            at(EventKind.GARBAGE_COLLECTION, 5_000)
                .put(EventNumber.GC_GRADE, 2)
                .put(EventNumber.GC_ID, 1)
                .put(EventNumber.GC_DURATION_MILLIS, 20)
                .put(EventNumber.HEAP_AFTER_BYTES, 500_000));
  }

  static List<WireRun> flink() {
    WireRun job = WireRun.process(Role.JOB_MANAGER, "", "host-0");
    job.event(at(EventKind.APPLICATION_STARTED, 0).put(EventText.ENGINE, "flink"))
        .event(
            at(EventKind.FLINK_JOB, 0)
                .put(EventText.FLINK_STATE, "RUNNING")
                .property("timestamp.RESTARTING", "1700000000000")
                .property("timestamp.RUNNING", "1700000005000"))
        .event(vertex("a", "Source"))
        .event(vertex("b", "Map"))
        .event(
            at(EventKind.FLINK_EDGE, 0)
                .put(EventText.SOURCE_VERTEX_ID, "a")
                .put(EventText.VERTEX_ID, "b")
                .put(EventText.SHIP_STRATEGY, "REBALANCE"))
        .event(
            at(EventKind.FLINK_CHECKPOINTS, 0)
                .put(EventNumber.COMPLETED_COUNT, 8)
                .put(EventNumber.FAILED_COUNT, 1))
        .event(
            at(EventKind.FLINK_TASK_MANAGER, 0)
                .put(EventText.TASK_MANAGER_ID, "tm-1")
                .put(EventNumber.SLOTS, 2)
                .put(EventNumber.FREE_SLOTS, 1));
    for (int id = 1; id <= 8; id++) {
      job.event(
          at(EventKind.FLINK_CHECKPOINT, id * 60_000L)
              .put(EventNumber.CHECKPOINT_ID, id)
              .put(EventText.FLINK_STATE, "COMPLETED")
              .put(EventNumber.TRIGGERED_MILLIS, WireRun.START + id * 60_000L)
              .put(EventNumber.END_TO_END_MILLIS, 900)
              .put(EventNumber.STATE_BYTES, GIB));
    }
    for (String subtask : List.of("a/0", "a/1", "b/0", "b/1")) {
      for (Metric metric :
          List.of(
              Metric.FLINK_BUSY,
              Metric.FLINK_IDLE,
              Metric.FLINK_BACK_PRESSURED,
              Metric.FLINK_RECORDS_IN,
              Metric.FLINK_RECORDS_OUT,
              Metric.FLINK_IN_POOL_USAGE_MILLI,
              Metric.FLINK_OUT_POOL_USAGE_MILLI,
              Metric.FLINK_WATERMARK,
              Metric.FLINK_CHECKPOINT_START_DELAY,
              Metric.ROCKSDB_WRITE_STOPPED,
              Metric.ROCKSDB_PENDING_COMPACTION)) {
        job.tell(metric, subtask, 300);
      }
    }
    for (Metric metric :
        List.of(
            Metric.FLINK_HEAP_USED,
            Metric.FLINK_HEAP_MAX,
            Metric.FLINK_METASPACE_USED,
            Metric.FLINK_MANAGED_USED,
            Metric.FLINK_MANAGED_TOTAL,
            Metric.FLINK_NETWORK_USED,
            Metric.FLINK_NETWORK_TOTAL,
            Metric.FLINK_GC_TIME,
            Metric.FLINK_JVM_CPU)) {
      job.tell(metric, "tm-1", 500);
    }
    job.tell(Metric.FLINK_HEAP_USED, 5).tell(Metric.FLINK_HEAP_MAX, 9);
    job.tell(Metric.FLINK_RESTARTS, 1);
    return List.of(job);
  }

  private static EngineEvent.Builder vertex(String id, String name) {
    return at(EventKind.FLINK_VERTEX, 0)
        .put(EventText.VERTEX_ID, id)
        .put(EventText.VERTEX_NAME, name)
        .put(EventNumber.PARALLELISM, 2);
  }

  static List<WireRun> components() {
    WireRun broker = WireRun.process(Role.KAFKA_BROKER, "", "kafka-1");
    milli(broker, "kafka.request_handler.idle_milli", "kafka.network_processor.idle_milli");
    nanos(
        broker,
        "kafka.request.queue_time.p99{request=Fetch}",
        "kafka.request.throttle_time.p99{request=Fetch}",
        "kafka.request.time.p99{request=Produce}",
        "kafka.log_flush.time.p99");
    levels(
        broker,
        "kafka.partitions.under_replicated",
        "kafka.partitions.under_min_isr",
        "kafka.partitions.offline");
    totals(broker, "kafka.produce.failed", "kafka.fetch.failed");
    for (int partition = 0; partition < 3; partition++) {
      broker.tell(
          Metric.COMPONENT_BYTES, "kafka.partition.size{partition=" + partition + ",topic=t}", 9);
    }
    WireRun nameNode = WireRun.process(Role.NAMENODE, "", "nn");
    nanos(nameNode, "rpc.queue_time.mean{port=8020}", "hdfs.edit_sync.mean");
    totals(nameNode, "hdfs.op.list");
    levels(
        nameNode,
        "hdfs.blocks.missing",
        "hdfs.blocks.under_replicated",
        "hdfs.blocks",
        "hdfs.datanodes.dead",
        "hdfs.datanodes.live",
        "hdfs.capacity.used",
        "hdfs.capacity",
        "jvm.heap.used",
        "jvm.heap.max");
    totals(nameNode, "jvm.gc.time{collector=G1}");
    WireRun dataNode = WireRun.process(Role.DATANODE, "", "dn");
    nanos(
        dataNode,
        "hdfs.datanode.read_op.mean{node=x}",
        "hdfs.datanode.flush.mean{node=x}",
        "hdfs.datanode.fsync.mean{node=x}",
        "hdfs.datanode.packet_ack.mean{node=x}");
    levels(
        dataNode,
        "hdfs.datanode.capacity",
        "hdfs.datanode.capacity.remaining",
        "hdfs.datanode.volumes.failed");
    totals(dataNode, "hdfs.datanode.network_errors{node=x}");
    return List.of(broker, nameNode, dataNode, manager(), node(), metastore());
  }

  private static WireRun manager() {
    WireRun manager = WireRun.process(Role.RESOURCE_MANAGER, "", "rm");
    levels(manager, "yarn.nodes.lost", "yarn.nodes.unhealthy", "yarn.nodes.active");
    nanos(manager, "rpc.queue_time.mean{port=8032}");
    String queue = "{queue=root.a}";
    milli(
        manager, "yarn.scheduler.used_milli" + queue, "yarn.scheduler.max_capacity_milli" + queue);
    levels(
        manager,
        "yarn.scheduler.containers.waiting" + queue,
        "yarn.scheduler.apps.waiting" + queue,
        "yarn.scheduler.master.limit" + queue,
        "yarn.scheduler.master.used" + queue);
    totals(
        manager,
        "yarn.queue.containers.allocated_total" + queue,
        "yarn.queue.containers.preempted_total" + queue);
    return manager;
  }

  private static WireRun node() {
    WireRun node = WireRun.process(Role.NODE_MANAGER, "", "nm");
    milli(node, "yarn.node.local_dirs.used_milli");
    levels(node, "yarn.node.local_dirs.bad");
    totals(node, "yarn.node.containers.failed", "yarn.node.containers.launched");
    totals(node, "yarn.shuffle.failed");
    nanos(node, "yarn.node.launch.mean");
    return node;
  }

  private static WireRun metastore() {
    WireRun metastore = WireRun.process(Role.METASTORE, "", "hms");
    nanos(metastore, "hive.api.time.p99{api=get_table}");
    return metastore;
  }

  private static void milli(WireRun component, String... names) {
    tell(component, Metric.COMPONENT_LEVEL_MILLI, names);
  }

  private static void nanos(WireRun component, String... names) {
    tell(component, Metric.COMPONENT_NANOS, names);
  }

  private static void levels(WireRun component, String... names) {
    tell(component, Metric.COMPONENT_LEVEL, names);
  }

  private static void totals(WireRun component, String... names) {
    tell(component, Metric.COMPONENT_TOTAL, names);
  }

  private static void tell(WireRun component, Metric metric, String... names) {
    for (String name : names) {
      component.tell(metric, name, 700);
    }
  }
}
