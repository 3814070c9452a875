// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.stack;

import io.plimsoll.store.influx.InfluxSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a stack runs.
 *
 * @param port of the API, 0 any
 * @param kafkaPort of the broker, 0 any
 * @param keepsTopics whether the broker's topics and the pipeline's state of the last start go on;
 *     otherwise both start empty, and only the store is kept
 * @param silence a process that says nothing for so long counts as ended, until it speaks again
 * @param components file of targets to poll (docs/components.md); null polls none
 * @param influx where series are copied to (docs/stores.md); null nowhere
 */
public record StackSpec(
    int port,
    int kafkaPort,
    boolean keepsTopics,
    Duration silence,
    @Nullable Path components,
    @Nullable InfluxSettings influx) {
  private static final Duration SILENCE_HERE = Duration.ofSeconds(8);

  /** Agents of other machines may be slow, and coarsen to a word every four seconds. */
  private static final Duration SILENCE_ELSEWHERE = Duration.ofSeconds(30);

  public StackSpec {
    requirePort("--port", port);
    requirePort("--kafka-port", kafkaPort);
  }

  /** For jobs that begin and end while the stack runs. */
  public static StackSpec fresh(int port, @Nullable Path components) {
    return new StackSpec(port, 0, false, SILENCE_HERE, components, null);
  }

  /** For a service that outlives its process. */
  public static StackSpec kept(int port, int kafkaPort, @Nullable Path components) {
    return new StackSpec(port, kafkaPort, true, SILENCE_ELSEWHERE, components, null);
  }

  /** With its series copied to a server of the user's own; null: nowhere. */
  public StackSpec withInflux(@Nullable InfluxSettings server) {
    return new StackSpec(port, kafkaPort, keepsTopics, silence, components, server);
  }

  private static void requirePort(String option, int port) {
    if (port < 0 || port > 65_535) {
      throw new ProblemException(option + " " + port + ": take 0 (any free one) to 65535");
    }
  }
}
