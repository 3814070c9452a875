// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the pipeline reads and writes, and its pace. The width of the windows is not among it: it
 * is {@code Rollup.WINDOW_MILLIS} everywhere.
 *
 * @param bootstrapServers Kafka's host:port, comma separated
 * @param groupId the consumer group under which progress is shown; it decides nothing
 * @param kafka further Kafka properties, for example security; they win over ours
 * @param store opens the stores
 * @param parallelism of reading and folding; writing is one task
 * @param newsEvery how often an entity with news is written
 * @param silence a process that says nothing for so long counts as ended
 * @param retention state of a run is dropped when it has been complete for so long
 * @param storePatience how long a store may be unavailable before the job starts anew
 * @param checkpointEvery between two checkpoints
 * @param checkpointFolder where the state is kept, and found again at the next start; null: state
 *     is not kept and each start reads the topics from their beginning
 */
public record PipelineConfig(
    String bootstrapServers,
    String groupId,
    Map<String, String> kafka,
    StoreOpener store,
    int parallelism,
    Duration newsEvery,
    Duration silence,
    Duration retention,
    Duration storePatience,
    Duration checkpointEvery,
    @Nullable Path checkpointFolder) {
  public PipelineConfig {
    Objects.requireNonNull(bootstrapServers, "bootstrapServers is null");
    Objects.requireNonNull(groupId, "groupId is null");
    Objects.requireNonNull(store, "store is null");
    kafka = Map.copyOf(kafka);
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("bootstrapServers is empty: name Kafka's host:port");
    }
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism " + parallelism + " is not at least 1");
    }
    requirePositive("newsEvery", newsEvery);
    requirePositive("silence", silence);
    requirePositive("retention", retention);
    requirePositive("storePatience", storePatience);
    requirePositive("checkpointEvery", checkpointEvery);
  }

  /** The settings of one machine: news every 2 s, silence after 8 s, no checkpoints yet. */
  public static PipelineConfig of(String bootstrapServers, StoreOpener store) {
    return new PipelineConfig(
        bootstrapServers,
        "plimsoll-pipeline",
        Map.of(),
        store,
        1,
        Duration.ofSeconds(2),
        Duration.ofSeconds(8),
        Duration.ofHours(1),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        null);
  }

  public PipelineConfig withParallelism(int value) {
    return new PipelineConfig(
        bootstrapServers,
        groupId,
        kafka,
        store,
        value,
        newsEvery,
        silence,
        retention,
        storePatience,
        checkpointEvery,
        checkpointFolder);
  }

  public PipelineConfig withKafka(String group, Map<String, String> properties) {
    return new PipelineConfig(
        bootstrapServers,
        group,
        properties,
        store,
        parallelism,
        newsEvery,
        silence,
        retention,
        storePatience,
        checkpointEvery,
        checkpointFolder);
  }

  public PipelineConfig withPace(Duration news, Duration silent) {
    return new PipelineConfig(
        bootstrapServers,
        groupId,
        kafka,
        store,
        parallelism,
        news,
        silent,
        retention,
        storePatience,
        checkpointEvery,
        checkpointFolder);
  }

  public PipelineConfig withStorePatience(Duration value) {
    return new PipelineConfig(
        bootstrapServers,
        groupId,
        kafka,
        store,
        parallelism,
        newsEvery,
        silence,
        retention,
        value,
        checkpointEvery,
        checkpointFolder);
  }

  public PipelineConfig withCheckpoints(Path folder, Duration every) {
    return new PipelineConfig(
        bootstrapServers,
        groupId,
        kafka,
        store,
        parallelism,
        newsEvery,
        silence,
        retention,
        storePatience,
        every,
        folder);
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " " + value + " is not positive");
    }
  }
}
