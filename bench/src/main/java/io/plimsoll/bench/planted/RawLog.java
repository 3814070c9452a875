// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.engines.spark.file.PartStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What an event log says, field by field as Spark wrote it: read apart from our own reader, so that
 * the proof of a plant and the rules of others do not rest on what is judged.
 */
final class RawLog {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SQL = "org.apache.spark.sql.execution.ui.SparkListener";

  private final List<Task> tasks = new ArrayList<>();
  private final Map<String, Stage> stages = new TreeMap<>();
  private final Map<Integer, Job> jobs = new TreeMap<>();
  private final Map<String, Executor> executors = new TreeMap<>();
  private final Map<Long, Query> queries = new TreeMap<>();
  private final Map<Long, Long> metrics = new HashMap<>();
  private final Map<String, Long> heapPeaks = new TreeMap<>();
  private final Map<String, String> conf = new TreeMap<>();
  private long startMillis = -1;
  private long endMillis = -1;

  /** One task end; bytes and milliseconds as Spark's task metrics have them. */
  record Task(
      String stage,
      String executor,
      long durationMillis,
      Numbers numbers,
      String reason,
      boolean speculative) {
    boolean succeeded() {
      return reason.equals("Success");
    }
  }

  /** The metrics of one task. */
  record Numbers(
      long runMillis,
      long cpuMillis,
      long gcMillis,
      long resultBytes,
      long memorySpillBytes,
      long diskSpillBytes,
      long inputBytes,
      long shuffleReadBytes,
      long shuffleWriteBytes,
      long schedulerMillis) {
    static final Numbers NONE = new Numbers(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    long readBytes() {
      return inputBytes + shuffleReadBytes;
    }
  }

  /** One stage attempt; {@code id} is {@code stage.attempt}. */
  record Stage(String id, int number, int tasks, long startMillis, long endMillis, String failure) {
    long wallMillis() {
      return endMillis - startMillis;
    }
  }

  /** One job; {@code endMillis} is -1 while it runs. */
  record Job(
      int id,
      String description,
      Set<Integer> stages,
      long query,
      long startMillis,
      long endMillis,
      boolean succeeded) {
    private Job ended(long millis, boolean success) {
      return new Job(id, description, stages, query, startMillis, millis, success);
    }
  }

  /** One executor; {@code removedMillis} is -1 and the reason empty while it lives. */
  record Executor(
      String id, int cores, long addedMillis, long removedMillis, String removedReason) {}

  /** One SQL execution with its last plan. */
  record Query(long id, String description, PlanNode plan) {}

  /** An operator of a plan, with the ids of its metrics by name. */
  record PlanNode(String name, String text, Map<String, Long> metricIds, List<PlanNode> children) {
    /** This one and all below it. */
    List<PlanNode> all() {
      List<PlanNode> all = new ArrayList<>();
      all.add(this);
      children.forEach(child -> all.addAll(child.all()));
      return all;
    }
  }

  /** Reads every part of the one log under the folder. */
  static RawLog read(Path folder) throws IOException {
    RawLog log = new RawLog();
    List<Path> parts;
    try (Stream<Path> tree = Files.walk(folder)) {
      parts =
          tree.filter(Files::isRegularFile)
              .filter(file -> Files.isReadable(file) && !isMarker(file))
              .sorted(RawLog::byPart)
              .toList();
    }
    for (Path part : parts) {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(PartStream.open(part), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          log.add(JSON.readTree(line));
        }
      }
    }
    return log;
  }

  /** A log of these lines. */
  static RawLog of(List<String> lines) throws IOException {
    RawLog log = new RawLog();
    for (String line : lines) {
      log.add(JSON.readTree(line));
    }
    return log;
  }

  private static boolean isMarker(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith("appstatus") || name.startsWith(".");
  }

  /** {@code events_2_…} before {@code events_10_…}. */
  private static int byPart(Path one, Path other) {
    return Integer.compare(partNumber(one), partNumber(other));
  }

  private static int partNumber(Path file) {
    String[] words = String.valueOf(file.getFileName()).split("_", 3);
    return words.length > 2 && words[0].equals("events") ? Integer.parseInt(words[1]) : 0;
  }

  private void add(JsonNode event) {
    switch (event.path("Event").asText()) {
      case "SparkListenerApplicationStart" -> startMillis = event.path("Timestamp").asLong();
      case "SparkListenerApplicationEnd" -> endMillis = event.path("Timestamp").asLong();
      case "SparkListenerEnvironmentUpdate" ->
          event
              .path("Spark Properties")
              .properties()
              .forEach(entry -> conf.put(entry.getKey(), entry.getValue().asText()));
      case "SparkListenerExecutorAdded" -> added(event);
      case "SparkListenerExecutorRemoved" -> removed(event);
      case "SparkListenerJobStart" -> jobStarted(event);
      case "SparkListenerJobEnd" ->
          jobs.computeIfPresent(
              event.path("Job ID").asInt(),
              (id, job) ->
                  job.ended(
                      event.path("Completion Time").asLong(),
                      event.path("Job Result").path("Result").asText().equals("JobSucceeded")));
      case "SparkListenerStageCompleted" -> stage(event.path("Stage Info"));
      case "SparkListenerTaskEnd" -> task(event);
      case "SparkListenerStageExecutorMetrics" -> memory(event);
      case SQL + "SQLExecutionStart" ->
          queries.put(
              event.path("executionId").asLong(),
              new Query(
                  event.path("executionId").asLong(),
                  event.path("description").asText(),
                  plan(event.path("sparkPlanInfo"))));
      case SQL + "SQLAdaptiveExecutionUpdate" ->
          queries.computeIfPresent(
              event.path("executionId").asLong(),
              (id, query) -> new Query(id, query.description(), plan(event.path("sparkPlanInfo"))));
      case SQL + "DriverAccumUpdates" ->
          event
              .path("accumUpdates")
              .forEach(
                  pair -> metrics.merge(pair.get(0).asLong(), pair.get(1).asLong(), Math::max));
      default -> {
        // Not needed.
      }
    }
  }

  private void added(JsonNode event) {
    String id = event.path("Executor ID").asText();
    executors.put(
        id,
        new Executor(
            id,
            event.path("Executor Info").path("Total Cores").asInt(),
            event.path("Timestamp").asLong(),
            -1,
            ""));
  }

  private void removed(JsonNode event) {
    executors.computeIfPresent(
        event.path("Executor ID").asText(),
        (id, known) ->
            new Executor(
                id,
                known.cores(),
                known.addedMillis(),
                event.path("Timestamp").asLong(),
                event.path("Removed Reason").asText()));
  }

  private void jobStarted(JsonNode event) {
    Set<Integer> ids = new HashSet<>();
    event.path("Stage IDs").forEach(id -> ids.add(id.asInt()));
    JsonNode properties = event.path("Properties");
    int id = event.path("Job ID").asInt();
    jobs.put(
        id,
        new Job(
            id,
            properties.path("spark.job.description").asText(),
            Set.copyOf(ids),
            properties.path("spark.sql.execution.id").asLong(-1),
            event.path("Submission Time").asLong(),
            -1,
            false));
  }

  private void stage(JsonNode info) {
    String id = info.path("Stage ID").asInt() + "." + info.path("Stage Attempt ID").asInt();
    stages.put(
        id,
        new Stage(
            id,
            info.path("Stage ID").asInt(),
            info.path("Number of Tasks").asInt(),
            info.path("Submission Time").asLong(),
            info.path("Completion Time").asLong(),
            info.path("Failure Reason").asText("")));
    info.path("Accumulables")
        .forEach(
            each ->
                metrics.merge(each.path("ID").asLong(), each.path("Value").asLong(), Math::max));
  }

  private void task(JsonNode event) {
    JsonNode info = event.path("Task Info");
    long duration = info.path("Finish Time").asLong() - info.path("Launch Time").asLong();
    JsonNode reason = event.path("Task End Reason");
    String said = reason.path("Reason").asText();
    if (said.equals("ExceptionFailure")) {
      said = said + " " + reason.path("Class Name").asText();
    } else if (said.equals("ExecutorLostFailure")) {
      said = said + " " + reason.path("Loss Reason").asText();
    }
    tasks.add(
        new Task(
            event.path("Stage ID").asInt() + "." + event.path("Stage Attempt ID").asInt(),
            info.path("Executor ID").asText(),
            duration,
            numbers(event.path("Task Metrics"), duration),
            said,
            info.path("Speculative").asBoolean()));
  }

  private static Numbers numbers(JsonNode told, long duration) {
    if (told.isMissingNode()) {
      return Numbers.NONE;
    }
    JsonNode read = told.path("Shuffle Read Metrics");
    long run = told.path("Executor Run Time").asLong();
    long others =
        told.path("Executor Deserialize Time").asLong()
            + told.path("Result Serialization Time").asLong();
    return new Numbers(
        run,
        told.path("Executor CPU Time").asLong() / 1_000_000,
        told.path("JVM GC Time").asLong(),
        told.path("Result Size").asLong(),
        told.path("Memory Bytes Spilled").asLong(),
        told.path("Disk Bytes Spilled").asLong(),
        told.path("Input Metrics").path("Bytes Read").asLong(),
        read.path("Remote Bytes Read").asLong() + read.path("Local Bytes Read").asLong(),
        told.path("Shuffle Write Metrics").path("Shuffle Bytes Written").asLong(),
        Math.max(0, duration - run - others));
  }

  private void memory(JsonNode event) {
    String id = event.path("Executor ID").asText();
    JsonNode told = event.path("Executor Metrics");
    heapPeaks.merge(id, told.path("JVMHeapMemory").asLong(), Math::max);
  }

  private static PlanNode plan(JsonNode info) {
    Map<String, Long> ids = new HashMap<>();
    info.path("metrics")
        .forEach(
            metric ->
                ids.putIfAbsent(
                    metric.path("name").asText(), metric.path("accumulatorId").asLong()));
    List<PlanNode> children = new ArrayList<>();
    info.path("children").forEach(child -> children.add(plan(child)));
    return new PlanNode(
        info.path("nodeName").asText(), info.path("simpleString").asText(), ids, children);
  }

  /** A metric of a plan node; -1 where the log has none. */
  long metric(PlanNode node, String name) {
    Long id = node.metricIds().get(name);
    return id == null ? -1 : metrics.getOrDefault(id, -1L);
  }

  List<Task> tasks() {
    return Collections.unmodifiableList(tasks);
  }

  /** The ended attempts of a stage attempt. */
  List<Task> tasks(String stage) {
    return tasks.stream().filter(task -> task.stage().equals(stage)).toList();
  }

  List<Stage> stages() {
    return List.copyOf(stages.values());
  }

  List<Job> jobs() {
    return List.copyOf(jobs.values());
  }

  List<Executor> executors() {
    return List.copyOf(executors.values());
  }

  List<Query> queries() {
    return List.copyOf(queries.values());
  }

  /** Highest heap level by executor id, the driver's under {@code driver}. */
  Map<String, Long> heapPeaks() {
    return Collections.unmodifiableMap(heapPeaks);
  }

  String conf(String key, String absent) {
    return conf.getOrDefault(key, absent);
  }

  /** From the application's start to its end. */
  long wallMillis() {
    return endMillis - startMillis;
  }

  long endMillis() {
    return endMillis;
  }
}
