// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.arm;

import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.codec.EnvelopeRecording;
import io.plimsoll.wire.codec.WireException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One run of one arm: the far side is up, JVMs can be given its options. Closing ends it. */
public final class Stand implements AutoCloseable {
  private final Arm arm;
  private final Range range;
  private final Path recordings;
  private final Path last;
  private final List<Integer> ports = new ArrayList<>();
  private @Nullable Intake intake;
  private @Nullable Poller poller;
  private @Nullable ScheduledExecutorService killer;

  Stand(Arm arm, Range range, Path folder) throws IOException {
    this.arm = arm;
    this.range = range;
    recordings = Files.createDirectories(folder.resolve("recordings"));
    last = Files.createDirectories(folder.resolve("last"));
    if (arm == Arm.OURS_HTTP || arm == Arm.OURS_HTTP_DIES || arm == Arm.OPEN_TELEMETRY) {
      intake = new Intake();
    }
  }

  /**
   * Options for one more JVM of this run; none of them holds a blank.
   *
   * @throws IOException when no port is free
   */
  public List<String> jvmOptions() throws IOException {
    return switch (arm) {
      case NONE, NONE_AGAIN -> List.of();
      case EMPTY -> List.of("-javaagent:" + range.emptyJar());
      case OURS_FILE -> ours("file=" + recordings + "/");
      case OURS_HTTP, OURS_HTTP_DIES -> ours("http=http://127.0.0.1:" + intakePort() + "/ingest");
      case OURS_HTTP_ABSENT -> ours("http=http://127.0.0.1:" + Range.freePort() + "/ingest");
      case OURS_KAFKA -> ours("kafka=" + range.broker().address());
      case OURS_KAFKA_ABSENT -> ours("kafka=127.0.0.1:" + Range.freePort());
      case JMX_EXPORTER ->
          List.of(
              "-javaagent:"
                  + range.peer("jmx_prometheus_javaagent.jar")
                  + "=127.0.0.1:"
                  + port()
                  + ":"
                  + range.exporterRules());
      case JOLOKIA ->
          List.of(
              "-javaagent:"
                  + range.peer("jolokia-agent-jvm-javaagent.jar")
                  + "=host=127.0.0.1,discoveryEnabled=false,port="
                  + port());
      case OPEN_TELEMETRY -> openTelemetry();
    };
  }

  /**
   * To be called when the JVMs start.
   *
   * @param expected how long they may take; a far side that dies does so half-way
   */
  public void begin(Duration expected) {
    if (arm == Arm.JMX_EXPORTER) {
      poller =
          new Poller(
              ports.stream().map(port -> Poller.request(port, "/metrics").build()).toList(),
              Series::prometheus);
    } else if (arm == Arm.JOLOKIA) {
      poller =
          new Poller(
              ports.stream()
                  .map(
                      port ->
                          Poller.request(port, "/jolokia/")
                              .POST(HttpRequest.BodyPublishers.ofString(Series.JOLOKIA_READ))
                              .build())
                  .toList(),
              Series::jolokia);
    } else if (arm == Arm.OURS_HTTP_DIES) {
      ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
      killer = timer;
      timer.schedule(this::closeIntake, expected.toMillis() / 2, TimeUnit.MILLISECONDS);
    }
  }

  /**
   * What came, up to now.
   *
   * @throws IOException when a recording cannot be read
   */
  public Delivered delivered() throws IOException {
    return switch (arm) {
      case OURS_FILE -> {
        List<Envelope> envelopes = new ArrayList<>();
        Recordings.read(recordings, envelopes::add);
        yield Delivered.of(envelopes);
      }
      case OURS_HTTP, OURS_HTTP_DIES -> Delivered.of(posted());
      case OURS_KAFKA -> Delivered.of(range.broker().taken());
      case JMX_EXPORTER, JOLOKIA -> {
        Poller asked = poller;
        yield Delivered.ofSeries(asked == null ? 0 : asked.series());
      }
      case OPEN_TELEMETRY -> {
        Intake in = intake;
        yield Delivered.ofSeries(
            in == null ? 0 : in.taken().stream().mapToInt(Series::otlp).max().orElse(0));
      }
      default -> Delivered.UNKNOWN;
    };
  }

  /** Where file arms leave their recordings. */
  public Path recordings() {
    return recordings;
  }

  @Override
  public void close() {
    ScheduledExecutorService timer = killer;
    if (timer != null) {
      timer.shutdownNow();
    }
    Poller asked = poller;
    if (asked != null) {
      asked.close();
    }
    closeIntake();
  }

  private void closeIntake() {
    Intake in = intake;
    if (in != null) {
      in.close();
    }
  }

  private int intakePort() {
    Intake in = intake;
    return in == null ? 0 : in.port();
  }

  private List<Envelope> posted() throws IOException {
    List<Envelope> envelopes = new ArrayList<>();
    Intake in = intake;
    for (byte[] body : in == null ? List.<byte[]>of() : in.taken()) {
      try {
        EnvelopeRecording.read(new ByteArrayInputStream(body), envelopes::add);
      } catch (WireException e) {
        throw new IOException("the agent posted what nobody can read: " + e.getMessage(), e);
      }
    }
    return envelopes;
  }

  private List<String> ours(String options) {
    // Last records of runs that were ended must not turn up in a later one.
    return List.of("-javaagent:" + range.agentJar() + "=" + options + ",last=" + last);
  }

  private int port() throws IOException {
    int port = Range.freePort();
    ports.add(port);
    return port;
  }

  private List<String> openTelemetry() {
    return List.of(
        "-javaagent:" + range.peer("opentelemetry-javaagent.jar"),
        "-Dotel.instrumentation.common.default-enabled=false",
        "-Dotel.instrumentation.runtime-telemetry.enabled=true",
        "-Dotel.traces.exporter=none",
        "-Dotel.logs.exporter=none",
        "-Dotel.metrics.exporter=otlp",
        "-Dotel.exporter.otlp.protocol=http/protobuf",
        "-Dotel.exporter.otlp.endpoint=http://127.0.0.1:" + intakePort(),
        "-Dotel.metric.export.interval=1000");
  }
}
