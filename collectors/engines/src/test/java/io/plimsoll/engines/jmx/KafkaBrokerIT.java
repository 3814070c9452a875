// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.plimsoll.engines.component.BeanReader;
import io.plimsoll.engines.component.BeanSource;
import io.plimsoll.engines.component.ComponentCatalog;
import io.plimsoll.engines.component.ComponentDescription;
import io.plimsoll.engines.component.ComponentPoller;
import io.plimsoll.engines.component.Reading;
import io.plimsoll.engines.component.SourceException;
import io.plimsoll.engines.http.BoundedHttp;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Stream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real broker in a JVM of its own, read through Jolokia agents and plain JMX. */
class KafkaBrokerIT {
  private static final Duration BOUND = Duration.ofSeconds(120);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void jolokiaAndJmx_tellTheSameBroker() throws Exception {
    Files.writeString(folder.resolve("jmx.password"), "reader  s3cret\n");
    Files.writeString(folder.resolve("jmx.access"), "reader readonly\n");
    assertThat(folder.resolve("jmx.password").toFile().setReadable(false, false)).isTrue();
    assertThat(folder.resolve("jmx.password").toFile().setReadable(true, true)).isTrue();
    int jmx;
    int jolokia;
    // Both at once, so that they are not the same.
    try (ServerSocket first = freePort();
        ServerSocket second = freePort()) {
      jmx = first.getLocalPort();
      jolokia = second.getLocalPort();
    }
    Process broker =
        broker(
            agent("jolokia-agent-jvm-2.6", jolokia),
            "-Djava.rmi.server.hostname=127.0.0.1",
            "-Dcom.sun.management.jmxremote.host=127.0.0.1",
            "-Dcom.sun.management.jmxremote.port=" + jmx,
            "-Dcom.sun.management.jmxremote.rmi.port=" + jmx,
            "-Dcom.sun.management.jmxremote.ssl=false",
            "-Dcom.sun.management.jmxremote.password.file=" + folder.resolve("jmx.password"),
            "-Dcom.sun.management.jmxremote.access.file=" + folder.resolve("jmx.access"));
    String rmi = "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + jmx + "/jmxrmi";
    try {
      Login login = Login.read(folder.resolve("jmx.password"));
      Reading byJolokia = read(jolokia(jolokia));
      Reading byJmx;
      try (RemoteBeans beans = new RemoteBeans(rmi, login)) {
        byJmx = read(beans);
      }

      toldTheBroker(byJolokia);
      assertThat(byJmx.values().keySet()).isEqualTo(byJolokia.values().keySet());
      assertThat(byJmx.values().get(topic(Metric.COMPONENT_TOTAL, "kafka.topic.messages_in")))
          .isEqualTo(100L);
      try (RemoteBeans nobody = new RemoteBeans(rmi, null)) {
        assertThatThrownBy(() -> read(nobody))
            .isInstanceOfSatisfying(
                SourceException.class,
                e -> assertThat(e.code()).isEqualTo(SourceException.Code.REFUSED));
      }
      oneBadAttribute_failsNoOther(jolokia);
      theBrokerGoes_isSaid(jolokia, broker);
    } finally {
      broker.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
    }
  }

  private static void oneBadAttribute_failsNoOther(int port) throws Exception {
    List<BeanReader.Query> queries =
        List.of(
            new BeanReader.Query(
                new ObjectName("java.lang:type=Memory"), List.of("NoSuch", "HeapMemoryUsage")),
            new BeanReader.Query(new ObjectName("no.such:type=Bean"), List.of("A")),
            new BeanReader.Query(new ObjectName("java.lang:type=Memory"), List.of("NoSuch")),
            new BeanReader.Query(
                new ObjectName("java.lang:type=Memory"), List.of("HeapMemoryUsage")));
    try (JolokiaBeans beans = jolokia(port)) {
      List<Map<ObjectName, Map<String, Object>>> answers = beans.read(queries);

      assertThat(answers.get(0).get(queries.get(0).pattern())).containsOnlyKeys("HeapMemoryUsage");
      assertThat(answers.get(1)).isEmpty();
      assertThat(answers.get(3).get(queries.get(0).pattern())).containsOnlyKeys("HeapMemoryUsage");
    }
  }

  private static void theBrokerGoes_isSaid(int port, Process broker) {
    List<Envelope> envelopes = new CopyOnWriteArrayList<>();
    try (ComponentPoller poller =
        new ComponentPoller(
            List.of(new BeanSource(kafka(), "test", "http://127.0.0.1:" + port, jolokia(port))),
            Duration.ofMillis(200),
            TIMEOUT,
            Clock.systemUTC(),
            envelopes::add)) {
      poller.start();
      await().atMost(BOUND).until(() -> samples(envelopes) > 1);
      broker.destroyForcibly();
      await()
          .atMost(BOUND)
          .until(
              () ->
                  envelopes.stream()
                      .flatMap(envelope -> envelope.events().stream())
                      .anyMatch(event -> event.kind() == EventKind.COMPONENT_DOWN));
    }
  }

  private static long samples(List<Envelope> envelopes) {
    return envelopes.stream().filter(envelope -> envelope.stream() == Stream.SAMPLES).count();
  }

  @Tag("matrix")
  @ParameterizedTest
  @ValueSource(strings = {"jolokia-agent-jvm-2.3", "jolokia-jvm-1.7"})
  void olderAgents_tellTheSame(String version) throws Exception {
    int port;
    try (ServerSocket socket = freePort()) {
      port = socket.getLocalPort();
    }
    Process broker = broker(agent(version, port));
    try {
      toldTheBroker(read(jolokia(port)));
      oneBadAttribute_failsNoOther(port);
    } finally {
      broker.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
    }
  }

  private static void toldTheBroker(Reading reading) {
    assertThat(reading.unread()).isEmpty();
    assertThat(reading.values().get(topic(Metric.COMPONENT_TOTAL, "kafka.topic.messages_in")))
        .isEqualTo(100L);
    assertThat(reading.values().get(topic(Metric.COMPONENT_BYTES_TOTAL, "kafka.topic.bytes_in")))
        .isGreaterThan(100_000L);
    assertThat(
            reading
                .values()
                .get(MetricKey.of(Metric.COMPONENT_LEVEL, "kafka.partitions.under_replicated")))
        .isZero();
    assertThat(
            reading.values().get(MetricKey.of(Metric.COMPONENT_LEVEL, "kafka.controller.active")))
        .isOne();
    assertThat(
            reading
                .values()
                .get(
                    MetricKey.of(
                        Metric.COMPONENT_NANOS, "kafka.request.time.p99{request=Produce}")))
        .isPositive();
    assertThat(
            reading
                .values()
                .get(
                    MetricKey.of(
                        Metric.COMPONENT_LEVEL_MILLI, "kafka.network_processor.idle_milli")))
        .isBetween(0L, 1_001L);
  }

  private static MetricKey topic(Metric metric, String name) {
    return MetricKey.of(metric, name + "{topic=clicks}");
  }

  private static Reading read(BeanReader reader) throws Exception {
    return new BeanSource(kafka(), "test", "http://here", reader).read(0);
  }

  private static ComponentDescription kafka() {
    ComponentDescription kafka = ComponentCatalog.shipped().description("kafka-broker");
    assertThat(kafka).isNotNull();
    return kafka;
  }

  private static ServerSocket freePort() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static JolokiaBeans jolokia(int port) {
    return new JolokiaBeans(
        URI.create("http://127.0.0.1:" + port + "/jolokia"), BoundedHttp.open(TIMEOUT));
  }

  private static String agent(String version, int port) throws Exception {
    Path agents = Path.of(System.getProperty("plimsoll.jolokia", "target/jolokia"));
    try (java.util.stream.Stream<Path> files = Files.list(agents)) {
      Path jar =
          files.filter(file -> file.getFileName().toString().startsWith(version)).findFirst().get();
      return "-javaagent:" + jar + "=host=127.0.0.1,discoveryEnabled=false,port=" + port;
    }
  }

  private Process broker(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx300m");
    command.addAll(List.of(options));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), BrokerMain.class.getName()));
    command.add(folder.toString());
    Path log = folder.resolve("broker.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    await()
        .atMost(BOUND)
        .until(
            () -> {
              assertThat(process.isAlive()).as(() -> tail(log)).isTrue();
              return Files.exists(folder.resolve("ready"));
            });
    return process;
  }

  private static String tail(Path log) {
    try {
      String text = Files.readString(log);
      return text.substring(Math.max(0, text.length() - 3_000));
    } catch (IOException e) {
      return "no log: " + e;
    }
  }
}
