// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.arm;

import io.plimsoll.wire.AttemptKind;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Sample;
import io.plimsoll.wire.Stream;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What an agent delivered in a run.
 *
 * @param series distinct metric series of the process that tells most; 0 when unknown
 * @param attempts task attempts that were told singly; 0 for agents of others
 * @param agentCpuNanos the agent's own account of its CPU, last value, all processes; -1 when it
 *     gives none
 * @param agentCpuEarlyNanos the same up to ten seconds after each process's start; -1 when none
 * @param ownMetrics other things that the agent says about itself, by name, summed over processes
 * @param lost records that the agent says it lost
 */
public record Delivered(
    int series,
    long attempts,
    long agentCpuNanos,
    long agentCpuEarlyNanos,
    Map<String, Long> ownMetrics,
    long lost) {
  private static final long EARLY_MILLIS = 10_500;
  private static final int FIRST_OWN_METRIC = 80;

  /** Nothing is known of what was delivered. */
  public static final Delivered UNKNOWN = new Delivered(0, 0, -1, -1, Map.of(), 0);

  public Delivered {
    ownMetrics = Map.copyOf(ownMetrics);
  }

  static Delivered ofSeries(int series) {
    return new Delivered(series, 0, -1, -1, Map.of(), 0);
  }

  static Delivered of(Collection<Envelope> envelopes) {
    Map<UUID, Map<MetricKey, Long>> last = new HashMap<>();
    Map<UUID, Long> early = new HashMap<>();
    Map<UUID, LossCounters> loss = new HashMap<>();
    Map<UUID, Long> lossMoment = new HashMap<>();
    long attempts = 0;
    for (Envelope envelope : envelopes) {
      UUID process = envelope.identity().process();
      if (envelope.anchor().monotonicNanos() >= lossMoment.getOrDefault(process, Long.MIN_VALUE)) {
        lossMoment.put(process, envelope.anchor().monotonicNanos());
        loss.put(process, envelope.loss());
      }
      attempts +=
          envelope.attempts().stream()
              .filter(attempt -> attempt.kind() == AttemptKind.WHOLE)
              .count();
      if (envelope.stream() == Stream.SAMPLES) {
        for (Sample sample : envelope.samples()) {
          // Totals never go down and levels are only counted: the order does not matter.
          sample
              .values()
              .forEach(
                  (key, value) ->
                      last.computeIfAbsent(process, unused -> new HashMap<>())
                          .merge(key, value, Math::max));
          Long cpu = sample.values().get(MetricKey.of(Metric.CPU_AGENT));
          long age = sample.epochMillis() - envelope.identity().startEpochMillis();
          if (cpu != null && age <= EARLY_MILLIS) {
            early.merge(process, cpu, Math::max);
          }
        }
      }
    }
    Set<Long> known = new HashSet<>();
    long cpu = 0;
    int series = 0;
    Map<String, Long> own = new TreeMap<>();
    for (Map<MetricKey, Long> values : last.values()) {
      series = Math.max(series, values.size());
      Long agent = values.get(MetricKey.of(Metric.CPU_AGENT));
      if (agent != null) {
        cpu += agent;
        known.add(agent);
      }
      values.forEach(
          (key, value) -> {
            if (key.metric().id() >= FIRST_OWN_METRIC) {
              String instance = key.instance().isEmpty() ? "" : "{" + key.instance() + "}";
              own.merge(key.metric().wireName() + instance, value, Long::sum);
            }
          });
    }
    return new Delivered(
        series,
        attempts,
        known.isEmpty() ? -1 : cpu,
        early.isEmpty() ? -1 : early.values().stream().mapToLong(Long::longValue).sum(),
        own,
        loss.values().stream()
            .mapToLong(each -> each.samples() + each.attempts() + each.events())
            .sum());
  }
}
