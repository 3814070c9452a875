// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import static io.plimsoll.diagnosis.point.Declaration.point;
import static io.plimsoll.diagnosis.signal.ComponentType.PLAN_NODE;
import static io.plimsoll.diagnosis.signal.ComponentType.QUERY;
import static io.plimsoll.diagnosis.signal.ComponentType.RUN;

import io.plimsoll.diagnosis.signal.QueryMetrics;
import java.util.List;

/** Declared points of SQL queries: what a plan and its metrics say, and what would help. */
final class QueryPoints {
  private QueryPoints() {}

  static List<DiagnosisPoint> all() {
    return List.of(
        sqlSkewedJoin(),
        sqlExplodingJoin(),
        sqlMissedBroadcast(),
        sqlLargeBroadcast(),
        sqlBroadcastHeap(),
        sqlFullScan(),
        sqlLargeScan(),
        sqlMissingPartitionFilter(),
        sqlSmallFilesRead(),
        sqlSmallFilesWritten(),
        sqlOperatorSpill(),
        sqlSinglePartition(),
        sqlRecomputation(),
        sqlUdfBarrier(),
        sqlCartesian(),
        sqlRepeatedScan(),
        sqlLongFilter(),
        sqlJdbcOneConnection(),
        sqlSlowListing(),
        storageFilesCreated(),
        sqlFailedAnalysis(),
        sqlNoPermission(),
        sqlMissingInput(),
        sqlOutputExists(),
        sqlBroadcastTimeout(),
        storageQuota(),
        storageThrottled(),
        networkConnections(),
        runKilled(),
        runSameFailure());
  }

  private static DiagnosisPoint sqlSkewedJoin() {
    return point("sql.skewed-join", "TK-01", PLAN_NODE, QueryMetrics.JOIN_SKEW)
        .title("skewed join")
        .meaning(
            "A few keys of the join hold much of the rows: one task works while the "
                + "others wait.")
        .limits(4, 8, 16, 64, "Dr. Elephant 2 to 16, adaptive execution 5 times")
        .paid(QueryMetrics.RUN_SHARE)
        .show(QueryMetrics.JOIN_ROWS)
        .counterAbove(QueryMetrics.SKEW_HANDLED, 1, "adaptive execution split skewed partitions")
        .advice(
            "Let adaptive execution split it (spark.sql.adaptive.skewJoin.enabled), "
                + "salt the key, or broadcast the other side.")
        .build();
  }

  private static DiagnosisPoint sqlExplodingJoin() {
    return point("sql.exploding-join", "SQL-11", PLAN_NODE, QueryMetrics.JOIN_GROWTH)
        .title("exploding join")
        .meaning(
            "The join makes many rows of each of its inputs: keys are not unique on "
                + "either side.")
        .limits(4, 10, 30, 100, "more than 10 rows for each; milder from 4")
        .gate(QueryMetrics.JOIN_ROWS, 1_000_000, "No join makes a million rows.")
        .paid(QueryMetrics.RUN_SHARE)
        .advice(
            "Make the key unique on one side (aggregate or deduplicate first), or add "
                + "the missing condition.")
        .build();
  }

  private static DiagnosisPoint sqlMissedBroadcast() {
    return point("sql.missed-broadcast", "SQL-09", PLAN_NODE, QueryMetrics.MISSED_BROADCAST)
        .title("join that could be broadcast")
        .meaning(
            "Both sides were shuffled and sorted although one is small enough to be "
                + "sent to all.")
        .limits(
            64 << 20,
            1L << 30,
            10L << 30,
            100L << 30,
            "DataFlint: below 10 MB, 100 MB with 10 GB, 1 GB with 300 GB, 5 GB with 1 " + "TB")
        .paid(QueryMetrics.RUN_SHARE)
        .show(QueryMetrics.SMALL_SIDE)
        .advice(
            "Add a broadcast hint or raise spark.sql.autoBroadcastJoinThreshold; "
                + "collect statistics.")
        .build();
  }

  private static DiagnosisPoint sqlLargeBroadcast() {
    return point("sql.large-broadcast", "SQL-07", PLAN_NODE, QueryMetrics.BROADCAST_SIZE)
        .title("too large a broadcast")
        .meaning("The driver collects this table and every executor keeps a copy.")
        .limits(512 << 20, 1L << 30, 2L << 30, 4L << 30, "DataFlint: more than 1 GB")
        .paid(QueryMetrics.RUN_SHARE)
        .advice(
            "Lower spark.sql.autoBroadcastJoinThreshold or drop the hint; project "
                + "before the join.")
        .build();
  }

  private static DiagnosisPoint sqlBroadcastHeap() {
    return point("sql.broadcast-heap", "SQL-07", PLAN_NODE, QueryMetrics.BROADCAST_HEAP_SHARE)
        .title("broadcast fills the heap")
        .meaning("A copy of the table takes this part of each executor's heap, and more as rows.")
        .limits(0.1, 0.3, 0.4, 0.6, "Compass: 40 % of the memory, or 30 % and 5 M rows")
        .paid(QueryMetrics.RUN_SHARE)
        .show(QueryMetrics.BROADCAST_SIZE)
        .advice(
            "Lower spark.sql.autoBroadcastJoinThreshold or drop the hint; project "
                + "before the join.")
        .build();
  }

  private static DiagnosisPoint sqlFullScan() {
    return point("sql.full-scan", "SQL-06", PLAN_NODE, QueryMetrics.FULL_SCAN)
        .title("full scan")
        .meaning("All files of the table are read and no filter reaches them.")
        .limits(
            10L << 30,
            100L << 30,
            1L << 40,
            10L << 40,
            "Compass counts rows (5e10); here bytes of files")
        .paid(QueryMetrics.RUN_SHARE)
        .show(QueryMetrics.FILES_READ, QueryMetrics.SCAN_ROWS)
        .advice(
            "Filter on a partition, cluster or statistics column before the first join "
                + "or UDF.")
        .build();
  }

  private static DiagnosisPoint sqlLargeScan() {
    return point("sql.large-scan", "SQL-05", PLAN_NODE, QueryMetrics.SCAN_ROWS)
        .title("very large scan")
        .meaning("A scan read an enormous number of rows.")
        .limits(10000000000.0, 50000000000.0, 200000000000.0, 1000000000000.0, "Compass: 5e10 rows")
        .paid(QueryMetrics.RUN_SHARE)
        .show(QueryMetrics.FILES_READ)
        .advice("Partition or cluster the table by what the query filters on.")
        .build();
  }

  private static DiagnosisPoint sqlMissingPartitionFilter() {
    return point("sql.missing-partition-filter", "SQL-06", PLAN_NODE, QueryMetrics.UNPRUNED)
        .title("missing partition filter")
        .meaning("The table has partitions and the query reads all of them.")
        .limits(1L << 30, 10L << 30, 100L << 30, 1L << 40, "a GiB that pruning could leave out")
        .paid(QueryMetrics.RUN_SHARE)
        .show(QueryMetrics.FILES_READ)
        .advice("Filter on the partition column, as it is and not wrapped in a function.")
        .build();
  }

  private static DiagnosisPoint sqlSmallFilesRead() {
    return point("sql.small-files-read", "FS-02", PLAN_NODE, QueryMetrics.READ_FILE_SIZE)
        .title("small files read")
        .meaning("The scan opens many small files; opening them costs more than reading.")
        .limits(3 << 20, 1 << 20, 256 << 10, 64 << 10, "DataFlint: below 3 MB, more than 100 files")
        .gate(QueryMetrics.FILES_READ, 100, "No scan reads a hundred files.")
        .paid(QueryMetrics.RUN_SHARE)
        .show(QueryMetrics.METADATA_MILLIS)
        .advice("Compact the table; write fewer files upstream.")
        .build();
  }

  private static DiagnosisPoint sqlSmallFilesWritten() {
    return point("sql.small-files-written", "FS-03", PLAN_NODE, QueryMetrics.WRITTEN_FILE_SIZE)
        .title("small files written")
        .meaning("Every later reader pays for these files.")
        .limits(
            3 << 20,
            1 << 20,
            256 << 10,
            64 << 10,
            "DataFlint: below 3 MB, more than 100 files; DLC 4 MB")
        .gate(QueryMetrics.FILES_WRITTEN, 100, "No query writes a hundred files.")
        .show(QueryMetrics.FILES_WRITTEN)
        .advice(
            "Repartition by the partition columns before the write, or let adaptive "
                + "execution merge (REBALANCE).")
        .build();
  }

  private static DiagnosisPoint sqlOperatorSpill() {
    return point("sql.operator-spill", "SH-01", PLAN_NODE, QueryMetrics.SPILL)
        .title("spilling operator")
        .meaning("This sort, aggregation or join did not fit in memory.")
        .limits(100 << 20, 1L << 30, 10L << 30, 100L << 30, "kubeflow's tool: more than 100 MB")
        .paid(QueryMetrics.RUN_SHARE)
        .advice("More shuffle partitions, or more memory for each core.")
        .build();
  }

  private static DiagnosisPoint sqlSinglePartition() {
    return point("sql.single-partition", "SQL-18", PLAN_NODE, QueryMetrics.SINGLE_PARTITION)
        .title("everything into one partition")
        .meaning(
            "A global sort, limit or a window without PARTITION BY brings all rows to "
                + "one task.")
        .limits(64 << 20, 256 << 20, 1L << 30, 10L << 30, "Compass: 50 M records")
        .paid(QueryMetrics.RUN_SHARE)
        .advice("Add PARTITION BY, sort within partitions, or aggregate before.")
        .build();
  }

  private static DiagnosisPoint sqlRecomputation() {
    return point("sql.recomputation", "SQL-17", PLAN_NODE, QueryMetrics.RECOMPUTED)
        .title("the same part computed again")
        .meaning("Queries of this run shuffle the same data by the same plan again and " + "again.")
        .limits(
            64 << 20,
            1L << 30,
            10L << 30,
            100L << 30,
            "the RAPIDS tools: more than 100 GB redundant; here from 64 MiB")
        .paid(QueryMetrics.RUN_SHARE)
        .counterAbove(QueryMetrics.REUSED, 1, "the query reuses exchanges within itself")
        .advice("Cache or write the common part once (cache, checkpoint, temporary table).")
        .build();
  }

  private static DiagnosisPoint sqlUdfBarrier() {
    return point("sql.udf-barrier", "SQL-13", PLAN_NODE, QueryMetrics.PYTHON_ROWS)
        .title("functions that stop the optimizer")
        .meaning(
            "Rows leave the engine for Python or an opaque function: no push-down, no "
                + "code generation.")
        .limits(
            1000000.0,
            10000000.0,
            100000000.0,
            1000000000.0,
            "the RAPIDS tools: any; here from a million rows")
        .paid(QueryMetrics.RUN_SHARE)
        .advice("Use built-in functions or vectorized (Pandas) ones; filter before.")
        .build();
  }

  private static DiagnosisPoint sqlCartesian() {
    return point("sql.cartesian", "SQL-10", PLAN_NODE, QueryMetrics.CROSS_ROWS)
        .title("cartesian product")
        .meaning("A join without an equality compares every row with every other.")
        .limits(
            10000000.0,
            1000000000.0,
            10000000000.0,
            100000000000.0,
            "DataFlint: more than 1e10 rows; milder from 1e7")
        .paid(QueryMetrics.RUN_SHARE)
        .advice("Add an equality to the condition, or filter both sides first.")
        .build();
  }

  private static DiagnosisPoint sqlRepeatedScan() {
    return point("sql.repeated-scan", "SQL-17", QUERY, QueryMetrics.REPEATED_SCAN)
        .title("the same table read again")
        .meaning("One query scans the same table several times.")
        .limits(
            1L << 30,
            10L << 30,
            100L << 30,
            1L << 40,
            "the RAPIDS tools: redundant reads above 100 GB; here from a GiB")
        .paid(QueryMetrics.RUN_SHARE)
        .counterAbove(QueryMetrics.REUSED, 1, "exchanges are reused")
        .advice("Read it once with conditional aggregation, or cache it.")
        .build();
  }

  private static DiagnosisPoint sqlLongFilter() {
    return point("sql.long-filter", "SQL-12", PLAN_NODE, QueryMetrics.FILTER_LENGTH)
        .title("long filter")
        .meaning(
            "A filter of hundreds of characters, mostly a list of values, is parsed and "
                + "compiled for every task.")
        .lowAt(400, "DataFlint: 1000 characters; the wire keeps 400")
        .paid(QueryMetrics.RUN_SHARE)
        .advice("Join with a table of the values.")
        .build();
  }

  private static DiagnosisPoint sqlJdbcOneConnection() {
    return point("sql.jdbc-one-connection", "IO-09", PLAN_NODE, QueryMetrics.JDBC_ROWS)
        .title("database read through one connection")
        .meaning("A table is read from a database by one task.")
        .limits(100000, 1000000.0, 10000000.0, 100000000.0, "any; a small table does no harm")
        .paid(QueryMetrics.RUN_SHARE)
        .advice("Set partitionColumn, lowerBound, upperBound and numPartitions.")
        .build();
  }

  private static DiagnosisPoint sqlSlowListing() {
    return point("sql.slow-listing", "DR-14", PLAN_NODE, QueryMetrics.METADATA_MILLIS)
        .title("slow file listing")
        .meaning("The driver lists files of the table before any task can start.")
        .limits(10000, 30000, 120000, 600000, "ten seconds in which no task can start")
        .paid(QueryMetrics.METADATA_SHARE)
        .wallCost(QueryMetrics.METADATA_MILLIS)
        .show(QueryMetrics.FILES_READ)
        .advice("Fewer files and partitions; a table format with its own metadata.")
        .build();
  }

  private static DiagnosisPoint storageFilesCreated() {
    return point("storage.files-created", "FS-04", RUN, QueryMetrics.FILES_CREATED)
        .title("very many files created")
        .meaning("Each file costs the NameNode memory and every reader a call.")
        .limits(10000, 100000, 500000, 1000000, "Garmadon: 1e5, 5e5, 1e6 for an application")
        .advice("Write fewer, larger files.")
        .build();
  }

  private static DiagnosisPoint sqlFailedAnalysis() {
    return point("sql.failed-analysis", "SQL-01", RUN, QueryMetrics.FAILED_ANALYSIS)
        .title("statement refused")
        .meaning(
            "The statement names columns, tables or functions that the analyser does "
                + "not know.")
        .limits(1, 5, 20, 100, "any")
        .advice("Read the message; the statement never ran.")
        .build();
  }

  private static DiagnosisPoint sqlNoPermission() {
    return point("sql.no-permission", "SQL-02", RUN, QueryMetrics.FAILED_PERMISSION)
        .title("no permission")
        .meaning("The user may not read or write what the query names.")
        .limits(1, 5, 20, 100, "any")
        .advice("Ask for the permission that the message names.")
        .build();
  }

  private static DiagnosisPoint sqlMissingInput() {
    return point("sql.missing-input", "SQL-03", RUN, QueryMetrics.FAILED_MISSING)
        .title("input missing")
        .meaning("A file, table or block that the query reads is not there.")
        .limits(1, 5, 20, 100, "any")
        .advice("Look at the job upstream, and at what deletes files while they are read.")
        .build();
  }

  private static DiagnosisPoint sqlOutputExists() {
    return point("sql.output-exists", "SQL-04", RUN, QueryMetrics.FAILED_EXISTS)
        .title("output is already there")
        .meaning("The output path or table exists and the mode is not to overwrite.")
        .limits(1, 5, 20, 100, "any")
        .advice("Overwrite, or write to a new place for each run.")
        .build();
  }

  private static DiagnosisPoint sqlBroadcastTimeout() {
    return point("sql.broadcast-timeout", "SQL-08", RUN, QueryMetrics.FAILED_BROADCAST)
        .title("broadcast timed out")
        .meaning("A table was not broadcast in time or is too large for it.")
        .limits(1, 3, 10, 50, "any")
        .advice(
            "Lower spark.sql.autoBroadcastJoinThreshold, or raise " + "spark.sql.broadcastTimeout.")
        .build();
  }

  private static DiagnosisPoint storageQuota() {
    return point("storage.quota", "FS-12", RUN, QueryMetrics.FAILED_QUOTA)
        .title("quota or disk exhausted")
        .meaning("A write failed because space or a quota is used up.")
        .limits(1, 3, 10, 50, "any")
        .advice("Free space, raise the quota, or write less.")
        .build();
  }

  private static DiagnosisPoint storageThrottled() {
    return point("storage.throttled", "FS-10", RUN, QueryMetrics.FAILED_THROTTLED)
        .title("object store throttles")
        .meaning("The object store answered that requests come too fast.")
        .limits(1, 3, 10, 50, "any")
        .advice("Fewer, larger files; spread prefixes; fewer tasks at once.")
        .build();
  }

  private static DiagnosisPoint networkConnections() {
    return point("network.connections", "NE-04", RUN, QueryMetrics.FAILED_NETWORK)
        .title("connections fail")
        .meaning("Stages or queries failed because a service could not be reached.")
        .limits(1, 3, 10, 50, "any that made a stage fail")
        .advice("Look at the service that the message names, at DNS and at the network.")
        .build();
  }

  private static DiagnosisPoint runKilled() {
    return point("run.killed", "WF-12", RUN, QueryMetrics.FAILED_KILLED)
        .title("killed by user or server")
        .meaning("Somebody or something cancelled jobs of the run.")
        .limits(1, 3, 10, 50, "any")
        .advice("Ask who; a server may have a limit on time or memory.")
        .build();
  }

  private static DiagnosisPoint runSameFailure() {
    return point("run.same-failure", "TK-08", RUN, QueryMetrics.SAME_REASON)
        .title("one reason for most failures")
        .meaning("Most failures of the run give the same reason: mend it first.")
        .lowAt(0.8, "one reason in at least 80 % of three failures")
        .gate(
            QueryMetrics.FAILURE_REASONS,
            3,
            "The run has fewer than three failed stages and queries.")
        .advice("Read this one reason.")
        .build();
  }
}
