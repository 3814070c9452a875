// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.arm;

import java.util.Locale;

/** One way to run a JVM in a comparison. */
public enum Arm {
  /** No agent. */
  NONE,
  /** No agent again: the difference between two equal arms is the noise floor. */
  NONE_AGAIN,
  /** An agent that does nothing. */
  EMPTY,
  /** Ours, everything, into a file. */
  OURS_FILE,
  /** Ours, everything, to an HTTP server. */
  OURS_HTTP,
  /** Ours, everything, to a Kafka broker. */
  OURS_KAFKA,
  /** Ours, with an HTTP server that is not there. */
  OURS_HTTP_ABSENT,
  /** Ours, with a broker that is not there. */
  OURS_KAFKA_ABSENT,
  /** Ours, with an HTTP server that goes away in mid-run. */
  OURS_HTTP_DIES,
  /** The Prometheus JMX exporter, scraped each second. */
  JMX_EXPORTER,
  /** The Jolokia agent, polled each second. */
  JOLOKIA,
  /** The OpenTelemetry agent, runtime metrics alone, pushed each second. */
  OPEN_TELEMETRY;

  /** The name in tables, such as {@code ours-file}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it is our agent. */
  public boolean isOurs() {
    return name().startsWith("OURS");
  }

  /** Whether its far side is well from beginning to end. */
  public boolean isHealthy() {
    return this != OURS_HTTP_ABSENT && this != OURS_KAFKA_ABSENT && this != OURS_HTTP_DIES;
  }

  /** Whether it is an agent of others. */
  public boolean isPeer() {
    return this == JMX_EXPORTER || this == JOLOKIA || this == OPEN_TELEMETRY;
  }
}
