// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import io.plimsoll.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.client.JobInitializationException;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.util.OptionalFailure;
import org.apache.flink.util.SerializedValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pipeline that runs in this JVM. Any thread may call. */
public final class PipelineHandle implements AutoCloseable {
  /**
   * What the pipeline has seen since its job last started.
   *
   * @param envelopes that were read
   * @param duplicates of them, absorbed before
   * @param deadLetters records that were no envelope, or an impossible one
   */
  public record Counts(long envelopes, long duplicates, long deadLetters) {}

  private static final Logger logger = LoggerFactory.getLogger(PipelineHandle.class);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

  private final MiniCluster cluster;
  private final JobID job;
  private final @Nullable Path checkpointFolder;
  private final AtomicReference<@Nullable PipelineException> failure = new AtomicReference<>();
  private boolean closed;

  PipelineHandle(MiniCluster cluster, JobID job, @Nullable Path checkpointFolder) {
    this.cluster = cluster;
    this.job = job;
    this.checkpointFolder = checkpointFolder;
    cluster.requestJobResult(job).whenComplete(this::ended);
  }

  /** True while the job reads and stores; false while it restarts after a failure, and later. */
  public boolean isRunning() {
    return failure.get() == null && status() == JobStatus.RUNNING;
  }

  /** Why the pipeline died for good; empty while it runs, restarts, or was closed. */
  public Optional<PipelineException> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** Why the job is restarting, or did last; empty when it never failed. */
  public Optional<String> trouble() {
    ErrorInfo info = executionGraph().getFailureInfo();
    return info == null
        ? Optional.empty()
        : Optional.of(rootMessage(info.getException().deserializeError(loader())));
  }

  public Counts counts() {
    Map<String, SerializedValue<OptionalFailure<Object>>> values =
        executionGraph().getAccumulatorsSerialized();
    return new Counts(
        count(values, DecodeFunction.READ),
        count(values, ProcessOperator.DUPLICATES),
        count(values, DecodeFunction.DEAD) + count(values, ProcessOperator.REFUSED));
  }

  /** Stores what waits, notes the state where it is kept, and stops the job and its cluster. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (cluster.isRunning() && failure.get() == null) {
      if (checkpointFolder != null && status() == JobStatus.RUNNING) {
        attempt("note the state", cluster.triggerCheckpoint(job, CheckpointType.FULL));
      }
      attempt("cancel the job", cluster.cancelJob(job));
      attempt("see the job end", cluster.requestJobResult(job));
    }
    attempt("stop Flink", cluster.closeAsync());
  }

  private void ended(@Nullable JobResult result, @Nullable Throwable trouble) {
    if (result != null && result.getSerializedThrowable().isPresent()) {
      Throwable cause = result.getSerializedThrowable().get().deserializeError(loader());
      failure.compareAndSet(
          null,
          new PipelineException(
              PipelineException.Code.JOB_FAILED,
              "the pipeline died: " + rootMessage(cause) + wayOut(cause),
              cause));
    } else if (trouble != null && cluster.isRunning()) {
      failure.compareAndSet(
          null,
          new PipelineException(
              PipelineException.Code.JOB_FAILED,
              "the pipeline's Flink died: " + rootMessage(trouble),
              trouble));
    }
  }

  /** A job that could not even be set up has nothing but its checkpoint to stumble over. */
  private String wayOut(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof JobInitializationException && checkpointFolder != null) {
        return "; move "
            + checkpointFolder
            + " away to fold the topics anew without its checkpoint";
      }
    }
    return "";
  }

  private JobStatus status() {
    return cluster.isRunning() ? answer(cluster.getJobStatus(job)) : JobStatus.FAILED;
  }

  private AccessExecutionGraph executionGraph() {
    return answer(cluster.getExecutionGraph(job));
  }

  private static long count(
      Map<String, SerializedValue<OptionalFailure<Object>>> values, String name) {
    SerializedValue<OptionalFailure<Object>> value = values.get(name);
    if (value == null) {
      return 0;
    }
    try {
      return value.deserializeValue(loader()).getUnchecked() instanceof Long count ? count : 0;
    } catch (IOException | ClassNotFoundException e) {
      throw new PipelineException(
          PipelineException.Code.JOB_FAILED, "the counter " + name + " is not readable", e);
    }
  }

  private static <T> T answer(CompletableFuture<T> question) {
    try {
      return question.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new PipelineException(
          PipelineException.Code.JOB_FAILED, "Flink does not answer: " + rootMessage(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PipelineException(
          PipelineException.Code.JOB_FAILED, "interrupted while asking Flink", e);
    }
  }

  private static void attempt(String what, CompletableFuture<?> step) {
    try {
      answer(step);
    } catch (PipelineException e) {
      logger.warn("could not {}: {}", what, e.getMessage());
    }
  }

  /** The innermost message: the one that names the culprit. */
  static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t.getMessage() != null) {
        root = t;
      }
      if (t instanceof StoreException) {
        break;
      }
    }
    String message = root.getMessage();
    return message == null
        ? root.getClass().getSimpleName()
        : message.lines().findFirst().orElse(message);
  }

  private static ClassLoader loader() {
    return PipelineHandle.class.getClassLoader();
  }
}
