// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

import java.util.HashMap;
import java.util.Map;

/**
 * The table that tells what a native thread works for by the name the kernel keeps of it, which is
 * cut to 15 characters. The longest beginning that fits decides; a name that no row fits belongs to
 * no group.
 */
public final class ThreadRules {
  /** Collector workers, concurrent collector threads, and the VM thread that runs the pauses. */
  public static final String GC = "gc";

  /** Compiler threads and the code sweeper. */
  public static final String JIT = "jit";

  /** Plimsoll's own threads; its sink's libraries start others, which no name tells. */
  public static final String AGENT = "agent";

  /** Threads whose work is measured per task attempt. */
  public static final String TASKS = "tasks";

  /** The program's first thread and the threads of a shell or a gateway that run its code. */
  public static final String MAIN = "main";

  /** Kafka clients' own threads. */
  public static final String KAFKA = "kafka";

  /** No group. */
  public static final String NONE = "";

  private static final int LONGEST_COMM = 15;

  /** Group, then the beginnings of its threads' names; a trailing $ means the whole name. */
  private static final String[][] TABLE = {
    {
      GC,
      "GC Thread#",
      "ParGC Thread#",
      "G1 ",
      "VM Thread$",
      "CMS ",
      "Concurrent Mark",
      "Shenandoah",
      "ZWorker",
      "ZDriver",
      "ZDirector",
      "ZUncommitter",
      "ZUnmapper",
      "ZStat",
      "ZConcurrent",
      "XWorker",
      "XDriver",
      "XDirector",
      "XUncommitter",
      "XUnmapper",
      "XStat"
    },
    {JIT, "C1 Compiler", "C2 Compiler", "JVMCI", "Sweeper thread", "Code Cache Swee"},
    {AGENT, "plimsoll"},
    {TASKS, "Executor task l", "Source Data Fet", "Legacy Source T", "AsyncOperations"},
    {MAIN, "main$", "spark-shell", "repl-", "Driver$", "ApplicationMast", "py4j"},
    {
      "vm",
      "VM Periodic Tas",
      "Signal Dispatch",
      "Service Thread",
      "Monitor Deflati",
      "Notification Th",
      "Attach Listener",
      "process reaper",
      "DestroyJavaVM",
      "surrogate locke",
      "SIGTERM handler",
      "StringDedup",
      "Keep-Alive-Time",
      "Java2D Disposer",
      "Unloader",
      "VirtualThread-u"
    },
    {"finalizer", "Finalizer$", "Secondary final", "Reference Handl", "Common-Cleaner", "Cleaner-"},
    {"jfr", "JFR "},
    {"jmx", "RMI ", "JMX server conn", "GC Daemon", "jolokia", "Jolokia"},
    {
      "netty",
      "netty",
      "rpc-server-",
      "rpc-client-",
      "rpc-boss-",
      "files-client-",
      "globalEventExec",
      "epollEventLoopG",
      "nioEventLoopGro",
      "multiThreadIoEv",
      "threadDeathWatc",
      "ObjectCleanerTh",
      "Flink Netty Ser",
      "Flink Netty Cli"
    },
    {
      "shuffle", "shuffle-server-", "shuffle-client-", "shuffle-boss-", "shuffle-chunk-f",
      "shuffle-merge", "shuffle-block-m", "push-shuffle", "block-push", "shuffle-transpo",
      "migrate-shuffle"
    },
    {"rocksdb", "rocksdb", "RocksDB", "ForSt"},
    {KAFKA, "kafka-", "KafkaConsumer", "Kafka "},
    {
      "hadoop", "IPC Client", "IPC Parameter S", "IPC Server", "LeaseRenewer", "DataStreamer",
      "ResponseProcess", "org.apache.hado", "s3a-transfer", "hadoop-", "DFSClient", "StateStore",
      "AMRM ", "Reporter$", "nioWorker", "NM_EVENT"
    },
    {
      "web-ui",
      "SparkUI",
      "qtp",
      "JettyScheduler",
      "HistoryUI",
      "MasterUI",
      "WorkerUI",
      "Scheduler-",
      "Session-HouseKe",
      "flink-rest-"
    },
    {"log", "Log4j", "AsyncAppender", "AsyncLogger", "logback", "spark-events"},
    {"fork-join", "ForkJoinPool"},
    {
      "spark-scheduler", "dag-scheduler", "task-result-get", "task-scheduler", "task-starvation",
      "task-abort", "spark-dynamic-e", "stop-executor", "kill-executor", "executor-kill-m",
      "driver-revive", "executor-alloca", "barrier-"
    },
    {"spark-rpc", "dispatcher-", "netty-rpc-", "Idle Connection", "map-output-disp"},
    {"spark-listener", "spark-listener", "SparkListenerBu", "element-trackin", "Spark event log"},
    {"spark-heartbeat", "driver-heartbea", "executor-heartb", "heartbeat-recei", "executor-metric"},
    {
      "spark-block",
      "block-manager",
      "Spark Context C",
      "remote-block-te",
      "RemoteBlock-tem",
      "broadcast-block",
      "migrate-rdd",
      "rdd-cleaner"
    },
    {
      "spark-sql",
      "broadcast-excha",
      "shuffle-exchang",
      "subquery",
      "QueryStage",
      "dynamicpruning",
      "result-query-st",
      "ResultQueryStag",
      "AQE",
      "bloomfilter",
      "parquet-",
      "readingParquetF",
      "file-listing",
      "codegen",
      "spark-sql",
      "HiveThrift",
      "spark-connect",
      "Hive",
      "metastore",
      "execute-plan"
    },
    {"spark-streaming", "stream executio", "state-store", "JobGenerator", "JobScheduler"},
    {
      "spark-python",
      "stdout writer f",
      "stderr reader f",
      "stdin writer fo",
      "Monitor for pyt",
      "Idle Worker Mon",
      "Worker Monitor",
      "python-udf",
      "Py4J"
    },
    {
      "spark",
      "refresh progres",
      "Task reaper",
      "appclient-",
      "Thread-invalida",
      "driver-wait",
      "context-cleaner",
      "CoarseGrainedEx",
      "launcher-",
      "LauncherBackend",
      "spark-",
      "ExecutorRunner",
      "shutdown-hook",
      "dir-cleanup"
    },
    {
      "flink-rpc",
      "flink-pekko",
      "flink-akka",
      "flink-metrics",
      "flink-scheduler",
      "jobmanager-futu",
      "jobmanager-main",
      "flink-rpc-"
    },
    {
      "flink-io",
      "jobmanager-io-t",
      "cluster-io-thre",
      "flink-taskexecu",
      "IOManager ",
      "taskmanager-io",
      "flink-netty",
      "OutputFlusher",
      "BLOB ",
      "FileChannelMan",
      "taskexecutor-io"
    },
    {"flink-checkpoint", "Checkpoint Time", "channel-state", "Channel state", "ChangelogTrunc"},
    {
      "flink",
      "flink-",
      "mini-cluster",
      "SourceCoordinat",
      "FlinkCompletabl",
      "Time Trigger",
      "Canceler",
      "Cancellation W",
      "System Time Tri",
      "Processing Time",
      "DispatcherRest",
      "FileCache",
      "PartitionReques",
      "JobMaster",
      "Flink-",
      "Suspend ",
      "TaskManager",
      "ResourceManager"
    }
  };

  private final Map<String, String> whole = new HashMap<>();
  private final Map<String, String> beginnings = new HashMap<>();

  /** The rules for this JVM. */
  public ThreadRules() {
    for (String[] row : TABLE) {
      for (int i = 1; i < row.length; i++) {
        if (row[i].endsWith("$")) {
          whole.put(row[i].substring(0, row[i].length() - 1), row[0]);
        } else {
          beginnings.put(cut(row[i]), row[0]);
        }
      }
    }
  }

  /** The name as the kernel keeps it. */
  public static String cut(String name) {
    return name.length() <= LONGEST_COMM ? name : name.substring(0, LONGEST_COMM);
  }

  /** The group of a thread with this name, {@link #NONE} when there is none. */
  public String group(String comm) {
    String exact = whole.get(comm);
    if (exact != null) {
      return exact;
    }
    for (int length = Math.min(comm.length(), LONGEST_COMM); length > 0; length--) {
      String group = beginnings.get(comm.substring(0, length));
      if (group != null) {
        return group;
      }
    }
    return NONE;
  }
}
