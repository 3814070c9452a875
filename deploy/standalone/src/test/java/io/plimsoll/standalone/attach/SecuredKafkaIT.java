// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.embedded.EmbeddedException;
import io.plimsoll.embedded.EmbeddedKafka;
import io.plimsoll.pipeline.Pipeline;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.codec.EnvelopeDecoder;
import io.plimsoll.wire.codec.WireException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent's Kafka sink against the listeners that operators really have. */
class SecuredKafkaIT {
  private static final Path ROOT = Path.of(System.getProperty("plimsoll.root", "../.."));
  private static final String PASSWORD = "planted-s3cret";
  private static final String PLAIN_MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule";
  private static final String SCRAM_MODULE =
      "org.apache.kafka.common.security.scram.ScramLoginModule";

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private static Path folder;

  private static EmbeddedKafka kafka;
  private static int sslPort;
  private static int saslPort;

  private final List<Process> started = new ArrayList<>();

  @BeforeAll
  static void startBroker() throws Exception {
    keytool(
        "-genkeypair",
        "-alias",
        "broker",
        "-keyalg",
        "EC",
        "-dname",
        "CN=127.0.0.1",
        "-ext",
        "SAN=ip:127.0.0.1",
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD);
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "broker",
        "-storepass",
        PASSWORD,
        "-file",
        folder.resolve("broker.pem").toString());
    kafka = started(3);
    kafka.createTopics(Pipeline.topics(), 1);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .alterUserScramCredentials(
              List.of(
                  new UserScramCredentialUpsertion(
                      "agent",
                      new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096),
                      PASSWORD)))
          .all()
          .get(60, TimeUnit.SECONDS);
    }
  }

  /** Ports that were free may be taken a moment later: then others are. */
  private static EmbeddedKafka started(int tries) throws IOException {
    // Both at once, so that they are not the same.
    try (ServerSocket ssl = freePort();
        ServerSocket sasl = freePort()) {
      sslPort = ssl.getLocalPort();
      saslPort = sasl.getLocalPort();
    }
    try {
      return EmbeddedKafka.start(
          folder.resolve("kafka"),
          Map.of("SSL", sslPort, "SASL_PLAINTEXT", saslPort),
          Map.of(
              "ssl.keystore.type",
              "PKCS12",
              "ssl.keystore.location",
              folder.resolve("broker.p12").toString(),
              "ssl.keystore.password",
              PASSWORD,
              "sasl.enabled.mechanisms",
              "PLAIN,SCRAM-SHA-256",
              "listener.name.sasl_plaintext.plain.sasl.jaas.config",
              PLAIN_MODULE + " required user_agent=\"" + PASSWORD + "\";",
              "listener.name.sasl_plaintext.scram-sha-256.sasl.jaas.config",
              SCRAM_MODULE + " required;"));
    } catch (EmbeddedException lost) {
      if (lost.reason() != EmbeddedException.Reason.PORT_TAKEN || tries == 1) {
        throw lost;
      }
      return started(tries - 1);
    }
  }

  @AfterAll
  static void stopBroker() {
    if (kafka != null) {
      kafka.close();
    }
  }

  @AfterEach
  void endChildren() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void envelopesArriveOverTls() throws Exception {
    assertArrives(
        sslPort,
        "tls",
        "security.protocol=SSL\nssl.truststore.type=PEM\nssl.truststore.location="
            + folder.resolve("broker.pem")
            + "\n");
  }

  @Test
  void envelopesArriveWithAPassword() throws Exception {
    assertArrives(saslPort, "plain", sasl("PLAIN", PLAIN_MODULE, PASSWORD));
  }

  @Test
  void envelopesArriveWithAChallenge() throws Exception {
    assertArrives(saslPort, "scram", sasl("SCRAM-SHA-256", SCRAM_MODULE, PASSWORD));
  }

  @Test
  void aWrongPasswordIsOneLineWithoutTheSecretAndTheJobRuns() throws Exception {
    Path err = folder.resolve("wrong.err");
    Process child = child(saslPort, "wrong", sasl("PLAIN", PLAIN_MODULE, "not-" + PASSWORD));
    await().atMost(LIMIT).until(() -> Files.readString(err).contains("cannot send"));
    end(child);
    assertThat(Files.readString(err))
        .contains("cannot send to kafka=127.0.0.1:" + saslPort)
        .containsIgnoringCase("authentication")
        .doesNotContain(PASSWORD)
        .hasLineCount(1);
  }

  private static String sasl(String mechanism, String module, String password) {
    return "security.protocol=SASL_PLAINTEXT\nsasl.mechanism="
        + mechanism
        + "\nsasl.jaas.config="
        + module
        + " required username=\"agent\" password=\""
        + password
        + "\";\n";
  }

  private void assertArrives(int port, String cluster, String properties) throws Exception {
    Process child = child(port, cluster, properties);
    assertThat(hasArrived(cluster)).as("something of %s arrives", cluster).isTrue();
    end(child);
    // A slow machine may make the client's first second too short, which is said once.
    assertThat(Files.readString(folder.resolve(cluster + ".err")))
        .matches("(plimsoll: cannot send to kafka=[^\\n]*\\n)?")
        .doesNotContain(PASSWORD);
  }

  private Process child(int port, String cluster, String properties) throws Exception {
    Path file = Files.writeString(folder.resolve(cluster + ".properties"), properties);
    file.toFile().setReadable(false, false);
    file.toFile().setReadable(true, true);
    Path jar = ROOT.resolve("collectors/agent/target/plimsoll-agent.jar").toAbsolutePath();
    String options =
        "kafka=127.0.0.1:"
            + port
            + ",interval=200ms,last=off,cluster="
            + cluster
            + ",properties="
            + file;
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-javaagent:" + jar + "=" + options,
                "-cp",
                Path.of(Idle.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString(),
                Idle.class.getName())
            .redirectError(folder.resolve(cluster + ".err").toFile())
            .start();
    started.add(child);
    return child;
  }

  private static void end(Process child) throws Exception {
    child.getOutputStream().close();
    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isEqualTo(5);
  }

  private static boolean hasArrived(String cluster) throws WireException {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> samples = List.of(new TopicPartition("plimsoll.samples", 0));
      consumer.assign(samples);
      consumer.seekToBeginning(samples);
      long end = System.nanoTime() + LIMIT.toNanos();
      while (System.nanoTime() - end < 0) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          Envelope envelope = EnvelopeDecoder.decode(record.value());
          if (envelope.identity().cluster().equals(cluster)) {
            return true;
          }
        }
      }
      return false;
    }
  }

  private static ServerSocket freePort() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", folder.resolve("broker.p12").toString()));
    Process tool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.txt").toFile())
            .start();
    assertThat(tool.waitFor()).as("keytool %s", arguments[0]).isZero();
  }
}
