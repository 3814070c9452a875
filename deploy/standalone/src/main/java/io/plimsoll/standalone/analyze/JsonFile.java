// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.analyze;

import io.plimsoll.engines.spark.EventLogTotals;
import io.plimsoll.server.api.Json;
import io.plimsoll.server.api.RunDocument;
import io.plimsoll.standalone.reading.AnalyzedRun;
import io.plimsoll.standalone.stack.OutputFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes {@code {runs:[…]}} run by run, so that a folder of any size fits in memory. */
final class JsonFile implements AutoCloseable {
  private final Path file;
  private final Path growing;
  private final Writer writer;
  private boolean isFirst = true;

  private JsonFile(Path file, Path growing, Writer writer) {
    this.file = file;
    this.growing = growing;
    this.writer = writer;
  }

  /** Nothing stands at the file's own name until all is written, unless it is a pipe or device. */
  static JsonFile open(Path file) {
    Path whole = file.toAbsolutePath();
    boolean isReplaced = !Files.exists(whole) || Files.isRegularFile(whole);
    Path growing = isReplaced ? whole.resolveSibling(whole.getFileName() + ".part") : whole;
    try {
      if (Files.isDirectory(whole)) {
        throw new IOException("it is a folder");
      }
      Writer writer = Files.newBufferedWriter(growing);
      writer.write("{\"runs\":[");
      return new JsonFile(whole, growing, writer);
    } catch (IOException e) {
      throw OutputFile.problem(file, e);
    }
  }

  void add(AnalyzedRun run) {
    try {
      writer.write((isFirst ? "\n" : ",\n") + Json.compact(document(run)));
      isFirst = false;
    } catch (IOException e) {
      throw OutputFile.problem(file, e);
    }
  }

  /** The run object of the design, with what only a log knows in its totals and coverage. */
  static Map<String, Object> document(AnalyzedRun run) {
    Map<String, Object> document =
        RunDocument.of(run.profile(), run.findings(), run.recommendation(), run.scorecard());
    EventLogTotals totals = run.totals();
    if (totals != null) {
      document.put("totals", totals(totals));
    }
    Map<String, Object> coverage = new LinkedHashMap<>();
    if (document.get("coverage") instanceof Map<?, ?> told) {
      told.forEach((key, value) -> coverage.put(String.valueOf(key), value));
    }
    Map<String, Object> log = new LinkedHashMap<>();
    log.put("source", run.source());
    log.put("state", run.log().state());
    log.put("lines", run.log().lines());
    log.put("badLines", run.log().badLines());
    log.put("rawBytes", run.log().rawBytes());
    log.put("problems", run.log().problems());
    coverage.put("log", log);
    document.put("coverage", coverage);
    return document;
  }

  private static Map<String, Object> totals(EventLogTotals totals) {
    Map<String, Object> sums = new LinkedHashMap<>();
    sums.put("tasks", totals.tasks());
    sums.put("failedTasks", totals.failedTasks());
    sums.put("runMillis", totals.runMillis());
    sums.put("cpuMillis", totals.cpuMillis());
    sums.put("gcMillis", totals.gcMillis());
    sums.put("inputBytes", totals.inputBytes());
    sums.put("shuffleReadBytes", totals.shuffleReadBytes());
    sums.put("shuffleWriteBytes", totals.shuffleWriteBytes());
    sums.put("memorySpillBytes", totals.memorySpillBytes());
    sums.put("diskSpillBytes", totals.diskSpillBytes());
    sums.put("executorsAdded", totals.executorsAdded());
    sums.put("executorsRemoved", totals.executorsRemoved());
    sums.put("stages", totals.stages());
    sums.put("failedStages", totals.failedStages());
    sums.put("jobs", totals.jobs());
    sums.put("failedJobs", totals.failedJobs());
    sums.put("sqlExecutions", totals.sqlExecutions());
    sums.put("badLines", totals.badLines());
    return sums;
  }

  /** All runs are in it: it gets its name. */
  void finish() {
    try {
      writer.write("\n]}\n");
      writer.close();
      if (!growing.equals(file)) {
        Files.move(growing, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw OutputFile.problem(file, e);
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
    if (!growing.equals(file)) {
      Files.deleteIfExists(growing);
    }
  }
}
