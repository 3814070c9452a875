// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import io.plimsoll.pipeline.PipelineException.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobSubmissionResult;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** Runs the pipeline on a Flink of its own inside this JVM, sized for one machine. */
public final class LocalFlink {
  private static final String LOOPBACK = "127.0.0.1";

  private LocalFlink() {}

  /**
   * Starts the pipeline and returns while it comes up. Broker, topics, store and checkpoint folder
   * are tried first, so that what is wrong with them is said here.
   *
   * @throws PipelineException when broker, topics or folder cannot be used
   * @throws io.plimsoll.store.StoreException when the store cannot be opened
   */
  public static PipelineHandle start(PipelineConfig config) {
    Topics.require(config.bootstrapServers(), config.kafka(), Pipeline.topics());
    tryStore(config.store());
    Configuration settings = settings(config);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(config.parallelism())
                .setCommonBindAddress(LOOPBACK)
                .withRandomPorts()
                .build());
    try {
      cluster.start();
      JobSubmissionResult submitted = cluster.submitJob(graph(config, settings)).get();
      JobID job = submitted.getJobID();
      return new PipelineHandle(cluster, job, config.checkpointFolder());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cluster.closeAsync();
      throw new PipelineException(Code.JOB_FAILED, "interrupted while starting Flink", e);
    } catch (Exception e) {
      cluster.closeAsync();
      throw new PipelineException(
          Code.JOB_FAILED, "Flink did not start: " + PipelineHandle.rootMessage(e), e);
    }
  }

  private static StreamGraph graph(PipelineConfig config, Configuration settings) {
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(settings);
    Pipeline.build(env, config);
    StreamGraph graph = env.getStreamGraph();
    graph.setJobName("plimsoll");
    return graph;
  }

  private static void tryStore(StoreOpener opener) {
    try {
      opener.open().closing().close();
    } catch (IOException e) {
      throw new PipelineException(
          Code.JOB_FAILED, "the store cannot be closed: " + PipelineHandle.rootMessage(e), e);
    }
  }

  private static Configuration settings(PipelineConfig config) {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.CLOSURE_CLEANER_LEVEL, ExecutionConfig.ClosureCleanerLevel.NONE);
    settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    smallMachine(settings);
    restarts(settings);
    Path folder = config.checkpointFolder();
    if (folder != null) {
      checkpoints(settings, CheckpointFolder.open(folder), config.checkpointEvery());
    }
    return settings;
  }

  private static void smallMachine(Configuration settings) {
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(1));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(8));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(8));
    settings.set(RestOptions.SERVER_NUM_THREADS, 1);
    settings.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    settings.set(RestOptions.ADDRESS, LOOPBACK);
    settings.set(JobManagerOptions.BIND_HOST, LOOPBACK);
    settings.set(JobManagerOptions.JOB_MANAGER_FUTURE_POOL_SIZE, 1);
    settings.set(JobManagerOptions.JOB_MANAGER_IO_POOL_SIZE, 1);
    settings.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
    settings.set(BlobServerOptions.PORT, "0");
    // Counters come with the heartbeat.
    settings.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(2));
    settings.set(ClusterOptions.CLUSTER_IO_EXECUTOR_POOL_SIZE, 2);
    settings.set(SecurityOptions.DELEGATION_TOKENS_ENABLED, false);
    settings.setString("pekko.fork-join-executor.parallelism-max", "4");
  }

  private static void restarts(Configuration settings) {
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofSeconds(1));
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofSeconds(15));
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
        Duration.ofMinutes(2));
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, 10);
  }

  private static void checkpoints(Configuration settings, CheckpointFolder folder, Duration every) {
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, every);
    settings.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.path().toUri().toString());
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 10);
    folder
        .latest()
        .ifPresent(
            checkpoint -> {
              settings.set(StateRecoveryOptions.SAVEPOINT_PATH, checkpoint.toUri().toString());
              settings.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
            });
  }
}
