// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.jmh;

import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Role;
import io.plimsoll.wire.Sample;
import io.plimsoll.wire.Stream;
import io.plimsoll.wire.codec.EnvelopeEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Batches as the agent cuts them, made into bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EncodeCost {
  /** The agent's largest batch. */
  public static final int ATTEMPTS = 500;

  private static final int SAMPLES = 2;

  private final Random random = new Random(17);
  private final Envelope attempts;
  private final Envelope samples;

  /** Makes both batches. */
  public EncodeCost() {
    ProcessIdentity identity =
        ProcessIdentity.builder(new UUID(7, 11))
            .host("node-17", "boot")
            .pid(4711, 1_700_000_000_000L)
            .cluster("default")
            .role(Role.EXECUTOR)
            .executorId("3")
            .application("app-20261123190231-0000", 0)
            .build();
    ClockAnchor anchor = ClockAnchor.of(1_700_000_000_000L, 5);
    attempts =
        Envelope.header(identity, Stream.ATTEMPTS, 17, anchor, LossCounters.NONE)
            .attempts(someAttempts());
    samples =
        Envelope.header(identity, Stream.SAMPLES, 17, anchor, LossCounters.NONE)
            .samples(someSamples());
  }

  /** 500 attempts. */
  @Benchmark
  public byte[] attemptBatch() {
    return EnvelopeEncoder.encode(attempts);
  }

  /** Two samples with every metric that exists. */
  @Benchmark
  public byte[] sampleBatch() {
    return EnvelopeEncoder.encode(samples);
  }

  private List<AttemptRecord> someAttempts() {
    List<AttemptRecord> made = new ArrayList<>();
    for (int i = 0; i < ATTEMPTS; i++) {
      made.add(
          AttemptRecord.builder(1_000 + i)
              .stage(3, 0)
              .partition(i, 0)
              .startEpochMillis(1_700_000_000_000L + 5L * i)
              .wallNanos(900_000 + random.nextInt(400_000))
              .cpuNanos(700_000 + random.nextInt(300_000))
              .allocatedBytes(1_200_000 + random.nextInt(9_000))
              .outcome(AttemptOutcome.SUCCEEDED)
              .build());
    }
    return made;
  }

  private List<Sample> someSamples() {
    List<Sample> made = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      Map<MetricKey, Long> values = new HashMap<>();
      for (Metric metric : Metric.values()) {
        values.put(MetricKey.of(metric), (long) random.nextInt(1 << 30));
      }
      made.add(Sample.of(1_700_000_000_000L + 1000L * i, values));
    }
    return made;
  }
}
