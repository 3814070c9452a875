// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.job;

import java.io.Serializable;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecution;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * A Flink cluster in one JVM, of 1.20 or 2.x, with a job of two sources: one reads a folder through
 * split fetchers, one is of the legacy kind. A task fails once, checkpoints are on, and the job is
 * cancelled once the file whose name is given is there. What Flink itself says of each attempt goes
 * into a table: execution attempt, job vertex, subtask, attempt, final state.
 */
public final class FlinkAttemptsJob {
  private static final int LONGEST_SECONDS = 300;

  private FlinkAttemptsJob() {}

  /** Arguments: where the table goes, a folder to read, the file that ends the job. */
  @SuppressWarnings({"deprecation", "try"}) // The legacy source is what is to be seen.
  public static void main(String[] arguments) throws Exception {
    Path input = Path.of(arguments[1]);
    Files.write(
        Files.createDirectories(input).resolve("lines.txt"),
        String.join("\n", java.util.Collections.nCopies(1_000, "line")).getBytes("UTF-8"));
    Configuration options = new Configuration();
    options.setString("execution.checkpointing.interval", "200ms");
    options.setString("restart-strategy.type", "fixed-delay");
    options.setString("restart-strategy.fixed-delay.attempts", "3");
    options.setString("restart-strategy.fixed-delay.delay", "100ms");
    options.setString("rest.bind-port", "0");
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(options);
    environment.setParallelism(2);
    FileSource<String> files =
        FileSource.forRecordStreamFormat(
                new TextLineInputFormat(), new org.apache.flink.core.fs.Path(input.toUri()))
            .monitorContinuously(java.time.Duration.ofMillis(200))
            .build();
    environment
        .fromSource(files, WatermarkStrategy.noWatermarks(), "files")
        .map(new FailingOnce())
        .sinkTo(new DiscardingSink<>());
    environment.fromCollection(new Endless(), Long.class).sinkTo(new DiscardingSink<>());
    MiniClusterConfiguration cluster =
        new MiniClusterConfiguration.Builder()
            .setConfiguration(options)
            .setNumTaskManagers(1)
            .setNumSlotsPerTaskManager(4)
            .build();
    try (MiniCluster mini = new MiniCluster(cluster)) {
      mini.start();
      Object graph = environment.getStreamGraph().getJobGraph();
      run(mini, graph, arguments);
    }
  }

  private static void run(MiniCluster mini, Object graph, String[] arguments) throws Exception {
    JobID job = (JobID) graph.getClass().getMethod("getJobID").invoke(graph);
    submit(mini, graph).get(LONGEST_SECONDS, TimeUnit.SECONDS);
    await(() -> Files.exists(Path.of(arguments[2])));
    mini.cancelJob(job).get(LONGEST_SECONDS, TimeUnit.SECONDS);
    await(() -> mini.getJobStatus(job).get() == JobStatus.CANCELED);
    AccessExecutionGraph ended = mini.getExecutionGraph(job).get();
    Map<String, String> lines = new TreeMap<>();
    for (AccessExecutionJobVertex vertex : ended.getVerticesTopologically()) {
      for (AccessExecutionVertex task : vertex.getTaskVertices()) {
        note(lines, vertex, task.getCurrentExecutionAttempt());
        for (AccessExecution before : task.getExecutionHistory().getHistoricalExecutions()) {
          note(lines, vertex, before);
        }
      }
    }
    Files.write(Path.of(arguments[0]), List.copyOf(lines.values()));
  }

  /** The parameter's type is another in each major version. */
  private static CompletableFuture<?> submit(MiniCluster mini, Object graph) throws Exception {
    for (Method method : MiniCluster.class.getMethods()) {
      if (method.getName().equals("submitJob")) {
        return (CompletableFuture<?>) method.invoke(mini, graph);
      }
    }
    throw new NoSuchMethodException("MiniCluster.submitJob");
  }

  private static void note(
      Map<String, String> lines, AccessExecutionJobVertex vertex, AccessExecution attempt) {
    String id = attempt.getAttemptId().toString();
    lines.put(
        id,
        String.join(
            "\t",
            id,
            vertex.getJobVertexId().toString(),
            "" + attempt.getParallelSubtaskIndex(),
            "" + attempt.getAttemptNumber(),
            "" + attempt.getState(),
            "" + hasRun(attempt)));
  }

  /** One that was cancelled before is in the graph all the same. */
  private static boolean hasRun(AccessExecution attempt) {
    return attempt.getStateTimestamp(ExecutionState.INITIALIZING) > 0
        || attempt.getStateTimestamp(ExecutionState.RUNNING) > 0;
  }

  private static void await(java.util.concurrent.Callable<Boolean> reached) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (!reached.call()) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("waited too long");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static final class FailingOnce extends RichMapFunction<String, String> {
    private static final long serialVersionUID = 1;

    @Override
    public String map(String line) {
      if (getRuntimeContext().getTaskInfo().getAttemptNumber() == 0) {
        throw new IllegalStateException("planted");
      }
      return line;
    }
  }

  /** Never ends, and leaves the machine some air. */
  private static final class Endless implements Iterator<Long>, Serializable {
    private static final long serialVersionUID = 1;

    private long next;

    @Override
    public boolean hasNext() {
      return true;
    }

    @Override
    public Long next() {
      try {
        TimeUnit.MICROSECONDS.sleep(200);
      } catch (InterruptedException cancelled) {
        Thread.currentThread().interrupt();
      }
      return next++;
    }
  }
}
