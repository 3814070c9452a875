// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

/** What is measured of queries and of the operators of their plans. */
public final class QueryMetrics {
  public static final SignalMetric RUN_SHARE =
      SignalMetric.high(
          "query.run.share",
          "share",
          SymptomFamily.LATENCY,
          Origin.SQL_EVENTS,
          "the query's share of the run");
  public static final SignalMetric JOIN_SKEW =
      SignalMetric.high(
          "sql.join.skew",
          "ratio",
          SymptomFamily.SKEW,
          Origin.SQL_EVENTS,
          "most over median bytes that a task of the join read");
  public static final SignalMetric SKEW_HANDLED =
      SignalMetric.high(
          "sql.join.skew.handled",
          "count",
          SymptomFamily.SKEW,
          Origin.SQL_EVENTS,
          "skewed partitions that adaptive execution split");
  public static final SignalMetric JOIN_GROWTH =
      SignalMetric.high(
          "sql.join.growth",
          "ratio",
          SymptomFamily.DATA_VOLUME,
          Origin.SQL_EVENTS,
          "rows that the join made for each row of its larger side");
  public static final SignalMetric JOIN_ROWS =
      SignalMetric.high(
          "sql.join.rows",
          "count",
          SymptomFamily.DATA_VOLUME,
          Origin.SQL_EVENTS,
          "rows that the join made");
  public static final SignalMetric CROSS_ROWS =
      SignalMetric.high(
          "sql.cross.rows",
          "count",
          SymptomFamily.DATA_VOLUME,
          Origin.SQL_EVENTS,
          "rows of a join without an equality");
  public static final SignalMetric MISSED_BROADCAST =
      SignalMetric.high(
          "sql.broadcast.missed",
          "bytes",
          SymptomFamily.NETWORK,
          Origin.SQL_EVENTS,
          "bytes shuffled for a join whose other side is small");
  public static final SignalMetric SMALL_SIDE =
      SignalMetric.high(
          "sql.broadcast.missed.small",
          "bytes",
          SymptomFamily.DATA_VOLUME,
          Origin.SQL_EVENTS,
          "bytes of the small side");
  public static final SignalMetric BROADCAST_SIZE =
      SignalMetric.high(
          "sql.broadcast.size",
          "bytes",
          SymptomFamily.MEMORY,
          Origin.SQL_EVENTS,
          "bytes that were broadcast");
  public static final SignalMetric BROADCAST_HEAP_SHARE =
      SignalMetric.high(
          "sql.broadcast.heap.share",
          "share",
          SymptomFamily.MEMORY,
          Origin.SQL_EVENTS,
          "bytes that were broadcast over the heap of one executor");
  public static final SignalMetric FULL_SCAN =
      SignalMetric.high(
          "sql.scan.unfiltered",
          "bytes",
          SymptomFamily.DATA_VOLUME,
          Origin.SQL_EVENTS,
          "bytes of files that a scan without any filter read");
  public static final SignalMetric UNPRUNED =
      SignalMetric.high(
          "sql.scan.unpruned",
          "bytes",
          SymptomFamily.DATA_VOLUME,
          Origin.SQL_EVENTS,
          "bytes of files read from a partitioned table without a partition filter");
  public static final SignalMetric SCAN_ROWS =
      SignalMetric.high(
          "sql.scan.rows",
          "count",
          SymptomFamily.DATA_VOLUME,
          Origin.SQL_EVENTS,
          "rows that a scan read");
  public static final SignalMetric FILES_READ =
      SignalMetric.high(
          "sql.scan.files",
          "count",
          SymptomFamily.DISK,
          Origin.SQL_EVENTS,
          "files that a scan read");
  public static final SignalMetric READ_FILE_SIZE =
      SignalMetric.low(
          "sql.scan.file.size",
          "bytes",
          SymptomFamily.DISK,
          Origin.SQL_EVENTS,
          "mean bytes of a file that a scan read");
  public static final SignalMetric FILES_WRITTEN =
      SignalMetric.high(
          "sql.write.files",
          "count",
          SymptomFamily.DISK,
          Origin.SQL_EVENTS,
          "files that a query wrote");
  public static final SignalMetric WRITTEN_FILE_SIZE =
      SignalMetric.low(
          "sql.write.file.size",
          "bytes",
          SymptomFamily.DISK,
          Origin.SQL_EVENTS,
          "mean bytes of a file that a query wrote");
  public static final SignalMetric SPILL =
      SignalMetric.high(
          "sql.operator.spill",
          "bytes",
          SymptomFamily.DISK,
          Origin.SQL_EVENTS,
          "bytes that the operator spilled");
  public static final SignalMetric SINGLE_PARTITION =
      SignalMetric.high(
          "sql.single_partition",
          "bytes",
          SymptomFamily.QUEUEING,
          Origin.SQL_EVENTS,
          "bytes that an exchange brought into one partition");
  public static final SignalMetric PYTHON_ROWS =
      SignalMetric.high(
          "sql.udf.rows",
          "count",
          SymptomFamily.CPU,
          Origin.SQL_EVENTS,
          "rows that went through functions which the optimizer cannot look into");
  public static final SignalMetric REPEATED_SCAN =
      SignalMetric.high(
          "sql.scan.repeated",
          "bytes",
          SymptomFamily.DISK,
          Origin.SQL_EVENTS,
          "bytes of the same table that the query read again");
  public static final SignalMetric RECOMPUTED =
      SignalMetric.high(
          "sql.recomputed",
          "bytes",
          SymptomFamily.CPU,
          Origin.SQL_EVENTS,
          "shuffle bytes of a part of the plan that was computed again");
  public static final SignalMetric REUSED =
      SignalMetric.high(
          "sql.reused",
          "count",
          SymptomFamily.CPU,
          Origin.SQL_EVENTS,
          "exchanges that were reused");
  public static final SignalMetric FILTER_LENGTH =
      SignalMetric.high(
          "sql.filter.length",
          "count",
          SymptomFamily.CONFIGURATION,
          Origin.SQL_EVENTS,
          "characters of a filter (the wire cuts longer ones at 400)");
  public static final SignalMetric JDBC_ROWS =
      SignalMetric.high(
          "sql.jdbc.single.rows",
          "count",
          SymptomFamily.QUEUEING,
          Origin.SQL_EVENTS,
          "rows read from a database through one connection");
  public static final SignalMetric FILES_CREATED =
      SignalMetric.high(
          "run.files.created",
          "count",
          SymptomFamily.DISK,
          Origin.SQL_EVENTS,
          "files that all queries wrote");
  public static final SignalMetric METADATA_MILLIS =
      SignalMetric.high(
          "sql.scan.metadata",
          "ms",
          SymptomFamily.LATENCY,
          Origin.SQL_EVENTS,
          "time in which the driver listed files");
  public static final SignalMetric METADATA_SHARE =
      SignalMetric.high(
          "sql.scan.metadata.share",
          "share",
          SymptomFamily.LATENCY,
          Origin.SQL_EVENTS,
          "time in which the driver listed files as a share of the run");
  public static final SignalMetric FAILED_ANALYSIS =
      SignalMetric.high(
          "query.failed.analysis",
          "count",
          SymptomFamily.ERRORS,
          Origin.SQL_EVENTS,
          "queries that the analyser refused");
  public static final SignalMetric FAILED_PERMISSION =
      SignalMetric.high(
          "query.failed.permission",
          "count",
          SymptomFamily.ERRORS,
          Origin.SQL_EVENTS,
          "failures for want of a permission");
  public static final SignalMetric FAILED_MISSING =
      SignalMetric.high(
          "query.failed.missing",
          "count",
          SymptomFamily.ERRORS,
          Origin.SQL_EVENTS,
          "failures because a table, file or block is missing");
  public static final SignalMetric FAILED_EXISTS =
      SignalMetric.high(
          "query.failed.exists",
          "count",
          SymptomFamily.ERRORS,
          Origin.SQL_EVENTS,
          "failures because the output is already there");
  public static final SignalMetric FAILED_BROADCAST =
      SignalMetric.high(
          "query.failed.broadcast",
          "count",
          SymptomFamily.ERRORS,
          Origin.SQL_EVENTS,
          "broadcasts that timed out or were too large");
  public static final SignalMetric FAILED_QUOTA =
      SignalMetric.high(
          "query.failed.quota",
          "count",
          SymptomFamily.ERRORS,
          Origin.SQL_EVENTS,
          "failures for want of quota or disk space");
  public static final SignalMetric FAILED_THROTTLED =
      SignalMetric.high(
          "query.failed.throttled",
          "count",
          SymptomFamily.ERRORS,
          Origin.SQL_EVENTS,
          "failures because an object store slowed the run down");
  public static final SignalMetric FAILED_NETWORK =
      SignalMetric.high(
          "query.failed.network",
          "count",
          SymptomFamily.NETWORK,
          Origin.SQL_EVENTS,
          "failures of connections");
  public static final SignalMetric FAILED_KILLED =
      SignalMetric.high(
          "run.killed",
          "count",
          SymptomFamily.AVAILABILITY,
          Origin.SQL_EVENTS,
          "jobs that a user or a server cancelled");
  public static final SignalMetric SAME_REASON =
      SignalMetric.high(
          "run.failures.same.share",
          "share",
          SymptomFamily.ERRORS,
          Origin.SQL_EVENTS,
          "share of the failed stages and queries that give the same reason");
  public static final SignalMetric FAILURE_REASONS =
      SignalMetric.high(
          "run.failures",
          "count",
          SymptomFamily.ERRORS,
          Origin.SQL_EVENTS,
          "failed stages and queries");

  private QueryMetrics() {}
}
