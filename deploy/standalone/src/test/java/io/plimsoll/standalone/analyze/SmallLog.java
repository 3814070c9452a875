// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.analyze;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A log of one application of a minute: two executors of two cores, one job of one stage. */
public final class SmallLog {
  private static final ObjectMapper JSON = new ObjectMapper();
  private long start = 1_750_000_000_000L;

  private final String id;
  private long gcPercent = 1;
  private String name = "nightly orders 2026-11-27";
  private String stageName = "count at Orders.scala:17";
  private boolean isFailed;
  private boolean isSkewed;
  private boolean hasEnd = true;
  private long taskMillis = 27_000;
  private long readBytes = 1_000_000;
  private int tasks = 8;
  private final Map<String, String> settings = new LinkedHashMap<>();

  public SmallLog(String id) {
    this.id = id;
    settings.put("spark.master", "spark://host:7077");
    settings.put("spark.executor.memory", "1g");
  }

  public SmallLog named(String application, String stage) {
    name = application;
    stageName = stage;
    return this;
  }

  /** Collections take this share of the tasks' time. */
  public SmallLog collecting(long percent) {
    gcPercent = percent;
    return this;
  }

  public SmallLog startedAt(long epochMillis) {
    start = epochMillis;
    return this;
  }

  public SmallLog failed() {
    isFailed = true;
    return this;
  }

  /** The last task has twenty times the data and five times the time. */
  public SmallLog skewed() {
    isSkewed = true;
    return this;
  }

  public SmallLog withoutEnd() {
    hasEnd = false;
    return this;
  }

  public SmallLog tasks(int count, long millis, long bytes) {
    tasks = count;
    taskMillis = millis;
    readBytes = bytes;
    return this;
  }

  public SmallLog set(String key, String value) {
    settings.put(key, value);
    return this;
  }

  public Path write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.writeString(file, String.join("\n", lines()) + "\n");
  }

  private long end() {
    return start + 2_000 + (Math.max(1, tasks / 4) + (isSkewed ? 4 : 0)) * taskMillis;
  }

  List<String> lines() throws JsonProcessingException {
    List<String> lines = new ArrayList<>();
    lines.add("{\"Event\":\"SparkListenerLogStart\",\"Spark Version\":\"3.5.6\"}");
    lines.add(
        line(
            "SparkListenerApplicationStart",
            Map.of("App Name", name, "App ID", id, "Timestamp", start, "User", "u")));
    lines.add(
        line(
            "SparkListenerEnvironmentUpdate",
            Map.of("JVM Information", Map.of(), "Spark Properties", settings)));
    for (int executor = 1; executor <= 2; executor++) {
      lines.add(
          line(
              "SparkListenerExecutorAdded",
              Map.of(
                  "Timestamp",
                  start + 500,
                  "Executor ID",
                  "" + executor,
                  "Executor Info",
                  Map.of("Host", "h" + executor, "Total Cores", 2, "Log Urls", Map.of()))));
    }
    lines.add(
        line(
            "SparkListenerJobStart",
            Map.of(
                "Job ID",
                0,
                "Submission Time",
                start + 1_000,
                "Stage Infos",
                List.of(),
                "Stage IDs",
                List.of(0))));
    for (int task = 0; task < tasks; task++) {
      lines.add(task(task));
    }
    lines.add(line("SparkListenerStageCompleted", Map.of("Stage Info", stage())));
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("Result", isFailed ? "JobFailed" : "JobSucceeded");
    if (isFailed) {
      result.put(
          "Exception", Map.of("Message", "Job aborted: disk full", "Stack Trace", List.of()));
    }
    lines.add(
        line(
            "SparkListenerJobEnd",
            Map.of("Job ID", 0, "Completion Time", end() - 500, "Job Result", result)));
    if (hasEnd) {
      lines.add(line("SparkListenerApplicationEnd", Map.of("Timestamp", end())));
    }
    return lines;
  }

  private Map<String, Object> stage() {
    Map<String, Object> stage = new LinkedHashMap<>();
    stage.put("Stage ID", 0);
    stage.put("Stage Attempt ID", 0);
    stage.put("Stage Name", stageName);
    stage.put("Number of Tasks", tasks);
    stage.put("Parent IDs", List.of());
    stage.put("RDD Info", List.of());
    stage.put("Submission Time", start + 1_100);
    stage.put("Completion Time", end() - 600);
    stage.put("Accumulables", List.of());
    if (isFailed) {
      stage.put("Failure Reason", "Job aborted: disk full");
    }
    return stage;
  }

  private String task(int task) throws JsonProcessingException {
    long from = start + 1_200 + task / 4 * taskMillis;
    boolean isHot = isSkewed && task == tasks - 1;
    long millis = isHot ? 5 * taskMillis : taskMillis;
    long bytes = isHot ? 20 * readBytes : readBytes;
    return line(
        "SparkListenerTaskEnd",
        Map.of(
            "Stage ID",
            0,
            "Stage Attempt ID",
            0,
            "Task End Reason",
            Map.of("Reason", "Success"),
            "Task Info",
            Map.of(
                "Task ID",
                task,
                "Index",
                task,
                "Attempt",
                0,
                "Launch Time",
                from,
                "Finish Time",
                from + millis,
                "Executor ID",
                "" + (task % 2 + 1)),
            "Task Metrics",
            Map.of(
                "Executor Run Time",
                millis,
                "Executor CPU Time",
                millis * 900_000,
                "JVM GC Time",
                millis * gcPercent / 100,
                "Input Metrics",
                Map.of("Bytes Read", bytes, "Records Read", 10))));
  }

  private static String line(String event, Map<String, ?> fields) throws JsonProcessingException {
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("Event", event);
    whole.putAll(fields);
    return JSON.writeValueAsString(whole);
  }
}
