// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The pipeline as a job of a Flink cluster: its main class. Parallelism, checkpoints, restarts and
 * state backend are the cluster's and the submitter's; the arguments say where to read and write
 * ({@link JobArguments}).
 */
public final class PipelineJob {
  private PipelineJob() {}

  /**
   * Submits the pipeline to the cluster that runs this.
   *
   * @throws IllegalArgumentException one line: which argument is wrong, and what to write instead
   * @throws PipelineException when the broker does not answer or a topic is missing
   */
  public static void main(String[] arguments) throws Exception {
    JobArguments asked = JobArguments.parse(arguments);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    PipelineConfig config = asked.config(env.getParallelism());
    Topics.require(config.bootstrapServers(), config.kafka(), Pipeline.topics());
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    env.configure(settings);
    Pipeline.build(env, config);
    env.executeAsync("plimsoll");
  }
}
