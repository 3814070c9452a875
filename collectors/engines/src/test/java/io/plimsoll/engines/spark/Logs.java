// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import com.ning.compress.lzf.LZFOutputStream;
import io.plimsoll.wire.EngineEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4BlockOutputStream;
import org.xerial.snappy.SnappyOutputStream;

/** Small logs in every packing, as Spark's codecs write them. */
final class Logs {
  private Logs() {}

  /** A whole log of one job with this many tasks. */
  static List<String> lines(int tasks) {
    List<String> lines = new ArrayList<>();
    lines.add("{\"Event\":\"SparkListenerLogStart\",\"Spark Version\":\"3.5.1\"}");
    lines.add(
        "{\"Event\":\"SparkListenerExecutorAdded\",\"Timestamp\":990,\"Executor ID\":\"1\","
            + "\"Executor Info\":{\"Host\":\"h\",\"Total Cores\":4,\"Log Urls\":{}}}");
    lines.add(
        "{\"Event\":\"SparkListenerEnvironmentUpdate\",\"JVM Information\":{\"Java Version\":"
            + "\"17\"},\"Spark Properties\":{\"spark.app.name\":\"a\",\"spark.my.password\":"
            + "\"hunter2\"},\"Classpath Entries\":{\"/x.jar\":\"System Classpath\"}}");
    lines.add(
        "{\"Event\":\"SparkListenerApplicationStart\",\"App Name\":\"a\",\"App ID\":\"app-1\","
            + "\"Timestamp\":1000,\"User\":\"u\",\"App Attempt ID\":\"2\"}");
    lines.add(
        "{\"Event\":\"org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart\","
            + "\"executionId\":0,\"description\":\"q\",\"details\":\"at x\\nat y\","
            + "\"physicalPlanDescription\":\"== Plan ==\",\"sparkPlanInfo\":{\"nodeName\":\"Project\","
            + "\"simpleString\":\"Project [a]\",\"children\":[{\"nodeName\":\"Scan\",\"simpleString\":"
            + "\"Scan t\",\"children\":[],\"metadata\":{},\"metrics\":[]}],\"metadata\":{},\"metrics\":"
            + "[{\"name\":\"rows\",\"accumulatorId\":7,\"metricType\":\"sum\"}]},\"time\":1001}");
    lines.add(
        "{\"Event\":\"SparkListenerJobStart\",\"Job ID\":0,\"Submission Time\":1002,"
            + "\"Stage Infos\":[],\"Stage IDs\":[0],\"Properties\":{\"spark.sql.execution.id\":\"0\"}}");
    for (int task = 0; task < tasks; task++) {
      lines.add(task(task, "{\"Reason\":\"Success\"}"));
    }
    lines.add(
        "{\"Event\":\"SparkListenerStageCompleted\",\"Stage Info\":{\"Stage ID\":0,"
            + "\"Stage Attempt ID\":0,\"Stage Name\":\"s\",\"Number of Tasks\":"
            + tasks
            + ",\"RDD Info\":[],\"Parent IDs\":[],\"Submission Time\":1003,\"Completion Time\":1900,"
            + "\"Accumulables\":[{\"ID\":7,\"Name\":\"rows\",\"Value\":\"12\",\"Metadata\":\"sql\"},"
            + "{\"ID\":8,\"Name\":\"internal.metrics.executorRunTime\",\"Value\":400}]}}");
    lines.add(
        "{\"Event\":\"SparkListenerJobEnd\",\"Job ID\":0,\"Completion Time\":1901,"
            + "\"Job Result\":{\"Result\":\"JobSucceeded\"}}");
    lines.add("{\"Event\":\"SparkListenerApplicationEnd\",\"Timestamp\":2000}");
    return lines;
  }

  /** One task-ended line. */
  static String task(int id, String reason) {
    return "{\"Event\":\"SparkListenerTaskEnd\",\"Stage ID\":0,\"Stage Attempt ID\":0,"
        + "\"Task Type\":\"ResultTask\",\"Task End Reason\":"
        + reason
        + ",\"Task Info\":{\"Task ID\":"
        + id
        + ",\"Index\":"
        + id
        + ",\"Attempt\":0,\"Launch Time\":1100,\"Executor ID\":\"1\",\"Host\":\"h\",\"Locality\":"
        + "\"ANY\",\"Speculative\":false,\"Getting Result Time\":0,\"Finish Time\":1500,\"Failed\":"
        + "false,\"Killed\":false,\"Accumulables\":[{\"ID\":1,\"Name\":\"n\",\"Update\":\"1\"}]},"
        + "\"Task Metrics\":{\"Executor Run Time\":400,\"Executor CPU Time\":123456789,"
        + "\"JVM GC Time\":3,\"Shuffle Read Metrics\":{\"Remote Bytes Read\":5,\"Local Bytes Read\":7},"
        + "\"Input Metrics\":{\"Bytes Read\":11,\"Records Read\":1},\"Updated Blocks\":[]}}";
  }

  static byte[] bytes(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The bytes in the packing of this short name; none for {@code plain}. */
  static byte[] packed(String codec, byte[] raw) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = packing(codec, bytes)) {
      out.write(raw);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static OutputStream packing(String codec, OutputStream to) throws IOException {
    return switch (codec) {
      case "gz" -> new GZIPOutputStream(to);
      case "zstd" -> new ZstdOutputStreamNoFinalizer(to);
      case "lz4" -> new LZ4BlockOutputStream(to, 32 << 10);
      case "snappy" -> new SnappyOutputStream(to, 32 << 10);
      case "lzf" -> new LZFOutputStream(to);
      default -> to;
    };
  }

  static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one log at a path, its events without those about the log itself. */
  static List<EngineEvent> events(Path path) throws EventLogException {
    List<EngineEvent> events = new ArrayList<>();
    only(path)
        .read(
            (position, event) -> {
              if (event.kind().id() < 100 || event.kind().id() > 109) {
                events.add(event);
              }
            });
    return events;
  }

  static EventLog only(Path path) throws EventLogException {
    List<EventLog> logs = SparkEventLog.open(path);
    if (logs.size() != 1) {
      throw new AssertionError(logs.size() + " logs at " + path);
    }
    return logs.get(0);
  }

  static LogReading reading(Path path) throws EventLogException {
    return only(path).read((position, event) -> {});
  }
}
