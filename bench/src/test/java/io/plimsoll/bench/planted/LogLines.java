// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lines of a small event log, in Spark's own form. */
final class LogLines {
  static final long MIB = 1L << 20;
  static final long GIB = 1L << 30;

  private final List<String> lines = new ArrayList<>();

  LogLines() {
    add("{\"Event\":\"SparkListenerApplicationStart\",\"Timestamp\":0}");
  }

  final LogLines add(String line) {
    lines.add(line);
    return this;
  }

  LogLines conf(String key, String value) {
    return add(
        "{\"Event\":\"SparkListenerEnvironmentUpdate\",\"Spark Properties\":{\""
            + key
            + "\":\""
            + value
            + "\"}}");
  }

  LogLines executor(String id, int cores) {
    return add(
        String.format(
            Locale.ROOT,
            "{\"Event\":\"SparkListenerExecutorAdded\",\"Timestamp\":0,\"Executor ID\":\"%s\","
                + "\"Executor Info\":{\"Total Cores\":%d}}",
            id,
            cores));
  }

  /** A job of one stage, of a query where {@code query} is not -1. */
  LogLines job(int id, int stage, String description, int query) {
    return jobAt(0, id, stage, description, query);
  }

  /** The same, submitted at this time. */
  LogLines jobAt(long millis, int id, int stage, String description, int query) {
    return add(
        String.format(
            Locale.ROOT,
            "{\"Event\":\"SparkListenerJobStart\",\"Job ID\":%d,\"Submission Time\":%d,"
                + "\"Stage IDs\":[%d],\"Properties\":{\"spark.job.description\":\"%s\"%s}}",
            id,
            millis,
            stage,
            description,
            query < 0 ? "" : ",\"spark.sql.execution.id\":\"" + query + "\""));
  }

  LogLines jobEnd(int id, boolean succeeded) {
    return add(
        String.format(
            Locale.ROOT,
            "{\"Event\":\"SparkListenerJobEnd\",\"Job ID\":%d,\"Completion Time\":1000,"
                + "\"Job Result\":{\"Result\":\"%s\"}}",
            id,
            succeeded ? "JobSucceeded" : "JobFailed"));
  }

  LogLines stage(int id, int tasks, long wallMillis) {
    return add(
        String.format(
            Locale.ROOT,
            "{\"Event\":\"SparkListenerStageCompleted\",\"Stage Info\":{\"Stage ID\":%d,"
                + "\"Stage Attempt ID\":0,\"Number of Tasks\":%d,\"Submission Time\":0,"
                + "\"Completion Time\":%d,\"Accumulables\":[]}}",
            id,
            tasks,
            wallMillis));
  }

  /** A task that succeeded, with these milliseconds and bytes. */
  LogLines task(int stage, String executor, long run, long gc, long spilled, long shuffleRead) {
    return add(
        String.format(
            Locale.ROOT,
            "{\"Event\":\"SparkListenerTaskEnd\",\"Stage ID\":%d,\"Stage Attempt ID\":0,"
                + "\"Task End Reason\":{\"Reason\":\"Success\"},\"Task Info\":{"
                + "\"Executor ID\":\"%s\",\"Launch Time\":0,\"Finish Time\":%d},"
                + "\"Task Metrics\":{\"Executor Run Time\":%d,\"JVM GC Time\":%d,"
                + "\"Memory Bytes Spilled\":%d,\"Shuffle Read Metrics\":"
                + "{\"Local Bytes Read\":%d}}}",
            stage,
            executor,
            run,
            run,
            gc,
            spilled,
            shuffleRead));
  }

  LogLines failedTask(int stage, String executor, String error) {
    return add(
        String.format(
            Locale.ROOT,
            "{\"Event\":\"SparkListenerTaskEnd\",\"Stage ID\":%d,\"Stage Attempt ID\":0,"
                + "\"Task End Reason\":{\"Reason\":\"ExceptionFailure\",\"Class Name\":\"%s\"},"
                + "\"Task Info\":{\"Executor ID\":\"%s\",\"Launch Time\":0,"
                + "\"Finish Time\":10,\"Failed\":true}}",
            stage,
            error,
            executor));
  }

  LogLines heapPeak(String executor, long bytes) {
    return add(
        String.format(
            Locale.ROOT,
            "{\"Event\":\"SparkListenerStageExecutorMetrics\",\"Executor ID\":\"%s\","
                + "\"Executor Metrics\":{\"JVMHeapMemory\":%d}}",
            executor,
            bytes));
  }

  /** A query whose plan is this JSON. */
  LogLines query(int id, String description, String plan) {
    return add(
        "{\"Event\":\"org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart\","
            + "\"executionId\":"
            + id
            + ",\"description\":\""
            + description
            + "\",\"sparkPlanInfo\":"
            + plan
            + "}");
  }

  /** A plan node as JSON, with metrics written {@code name=id}. */
  static String node(String name, List<String> metrics, String... children) {
    List<String> told = new ArrayList<>();
    for (String metric : metrics) {
      String[] parts = metric.split("=", 2);
      told.add("{\"name\":\"" + parts[0] + "\",\"accumulatorId\":" + parts[1] + "}");
    }
    return "{\"nodeName\":\""
        + name
        + "\",\"simpleString\":\""
        + name
        + "\",\"metrics\":["
        + String.join(",", told)
        + "],\"children\":["
        + String.join(",", children)
        + "]}";
  }

  LogLines metric(int id, long value) {
    return add(
        "{\"Event\":\"org.apache.spark.sql.execution.ui.SparkListenerDriverAccumUpdates\","
            + "\"executionId\":0,\"accumUpdates\":[["
            + id
            + ","
            + value
            + "]]}");
  }

  RawLog end(long millis) throws IOException {
    add("{\"Event\":\"SparkListenerApplicationEnd\",\"Timestamp\":" + millis + "}");
    return RawLog.of(lines);
  }
}
