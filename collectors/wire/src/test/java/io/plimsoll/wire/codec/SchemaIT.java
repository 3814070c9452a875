// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Role;
import io.plimsoll.wire.Sample;
import io.plimsoll.wire.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hand-written codec against the schema's text, with the real protoc between them. */
class SchemaIT {
  private static final Path SCHEMA = Path.of("src/main/proto/plimsoll_v1.proto");
  private static final Path PROTOC = Path.of(System.getProperty("plimsoll.protoc"));
  private static final Pattern UNKNOWN_FIELD = Pattern.compile("(?m)^\\s*\\d+[: ]");
  private static final Pattern FIELD = Pattern.compile("(?m)^\\s+[^/\\n]*\\b([a-z_]+) = \\d+;");
  private static final Pattern USED = Pattern.compile("(?m)^\\s*([a-z_]+)[: ]");

  @TempDir Path directory;

  @BeforeAll
  static void protocIsExecutable() {
    assertThat(PROTOC.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void theSchemaNamesEveryFieldThatIsWritten() throws Exception {
    for (String name : WireFixtures.expected().keySet()) {
      assertThat(asText(WireFixtures.bytes(name))).doesNotContainPattern(UNKNOWN_FIELD);
    }
  }

  @Test
  void everyFieldOfTheSchemaIsWritten() throws Exception {
    Set<String> inSchema = new TreeSet<>();
    FIELD.matcher(Files.readString(SCHEMA)).results().forEach(r -> inSchema.add(r.group(1)));
    // The two fields of a map's entries stand in no schema text.
    inSchema.addAll(Set.of("key", "value"));
    Set<String> written = new TreeSet<>();
    for (String name : WireFixtures.expected().keySet()) {
      String text = asText(WireFixtures.bytes(name));
      USED.matcher(text).results().forEach(r -> written.add(r.group(1)));
    }

    assertThat(inSchema).hasSizeGreaterThan(30);
    assertThat(written).isEqualTo(inSchema);
  }

  @Test
  void whatProtocWritesIsRead() throws Exception {
    for (Map.Entry<String, Envelope> fixture : WireFixtures.expected().entrySet()) {
      byte[] text = asText(EnvelopeEncoder.encode(fixture.getValue())).getBytes(UTF_8);

      assertThat(EnvelopeDecoder.decode(protoc("--encode", text))).isEqualTo(fixture.getValue());
    }
  }

  @Test
  void theTextOfASmallEnvelopeIsWhatTheSchemaSays() throws Exception {
    ProcessIdentity identity =
        ProcessIdentity.builder(new UUID(0x4142434445464748L, 0x494a4b4c4d4e4f50L))
            .pid(12, 34)
            .role(Role.WORKER)
            .application("app", -1)
            .build();
    MetricKey old = MetricKey.of(Metric.POOL_USED, "old");
    Envelope envelope =
        Envelope.header(
                identity, Stream.SAMPLES, 3, ClockAnchor.of(5, 6), LossCounters.of(0, 0, 9, 0))
            .samples(
                List.of(
                    Sample.of(1000, Map.of(old, 70L)),
                    Sample.of(2000, Map.of()),
                    Sample.of(2500, Map.of(old, 60L))));

    assertThat(asText(EnvelopeEncoder.encode(envelope)))
        .isEqualTo(
            """
            schema_version: 2
            identity {
              process: "ABCDEFGHIJKLMNOP"
              pid: 12
              start_epoch_millis: 34
              role: ROLE_WORKER
              application: "app"
              application_attempt: -1
            }
            stream: STREAM_SAMPLES
            sequence: 3
            anchor {
              epoch_millis: 5
              monotonic_nanos: 6
            }
            loss {
              events: 9
            }
            sample_table {
              time_deltas_millis: 1000
              time_deltas_millis: 1000
              time_deltas_millis: 500
              metric_steps: 23
              name_numbers: 2
              names: "old"
              present: "\\005"
              value_deltas: 70
              value_deltas: -10
            }
            """);
  }

  @Test
  void theSchemaKnowsEveryRole() throws Exception {
    for (Role role : Role.values()) {
      Envelope envelope =
          Envelope.header(
                  ProcessIdentity.builder(new UUID(1, 1)).role(role).build(),
                  Stream.ATTEMPTS,
                  0,
                  ClockAnchor.of(0, 0),
                  LossCounters.NONE)
              .attempts(List.of());
      String text = asText(EnvelopeEncoder.encode(envelope));

      assertThat(text.contains("ROLE_" + role.name())).isEqualTo(role != Role.OTHER);
    }
  }

  private String asText(byte[] bytes) throws IOException, InterruptedException {
    return new String(protoc("--decode", bytes), UTF_8);
  }

  private byte[] protoc(String mode, byte[] input) throws IOException, InterruptedException {
    Path in = Files.write(directory.resolve("in"), input);
    Path out = directory.resolve("out");
    Process process =
        new ProcessBuilder(
                PROTOC.toString(),
                mode + "=plimsoll.v1.Envelope",
                "-I" + SCHEMA.getParent(),
                SCHEMA.getFileName().toString())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(directory.resolve("err").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(directory.resolve("err"))).isZero();
    return Files.readAllBytes(out);
  }
}
