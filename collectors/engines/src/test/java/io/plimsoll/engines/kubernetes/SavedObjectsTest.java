// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.engines.component.Mutations;
import io.plimsoll.engines.component.SourceException;
import io.plimsoll.engines.http.JsonAnswer;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SavedObjectsTest {
  private static final long NOW = Instant.parse("2026-11-23T10:10:00Z").toEpochMilli();

  private final ObjectEvents objects = new ObjectEvents();

  private static String saved() throws Exception {
    try (InputStream in = SavedObjectsTest.class.getResourceAsStream("/kubernetes/saved.json")) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private List<EngineEvent> read(String text) throws SourceException {
    return objects.read(JsonAnswer.read(text.getBytes(StandardCharsets.UTF_8), "here"), NOW);
  }

  private List<EngineEvent> events(EventKind kind, String object) throws Exception {
    return read(saved()).stream()
        .filter(event -> event.kind() == kind && object.equals(event.text(EventText.OBJECT)))
        .toList();
  }

  @Test
  void oomKill_isTold() throws Exception {
    EngineEvent end = events(EventKind.CONTAINER_ENDED, "etl-exec-1").get(0);

    assertThat(end.text(EventText.CAUSE)).isEqualTo("out_of_memory");
    assertThat(end.text(EventText.APPLICATION_ID)).isEqualTo("spark-abc");
    assertThat(end.number(EventNumber.EXIT_CODE, 0)).isEqualTo(137);
    assertThat(end.number(EventNumber.SIGNAL, 0)).isEqualTo(9);
    assertThat(end.number(EventNumber.LIMIT_BYTES, 0)).isEqualTo(1408L << 20);
    assertThat(end.epochMillis()).isEqualTo(Instant.parse("2026-11-23T10:05:00Z").toEpochMilli());
  }

  @Test
  void podsThatWait_sayWhy() throws Exception {
    EngineEvent pod = events(EventKind.POD_STATE, "etl-exec-2").get(0);

    assertThat(pod.text(EventText.STATE)).isEqualTo("Pending");
    assertThat(pod.text(EventText.REASON)).isEqualTo("Unschedulable");
    assertThat(pod.text(EventText.DIAGNOSTICS)).contains("Insufficient memory");
    assertThat(pod.number(EventNumber.WAIT_MILLIS, 0)).isEqualTo(600_000);
    assertThat(pod.number(EventNumber.REQUEST_BYTES, 0)).isEqualTo(64L << 30);
    assertThat(pod.has(EventNumber.LIMIT_BYTES)).isFalse();
  }

  @Test
  void evictionsRestartsAndImages_areTold() throws Exception {
    List<EngineEvent> all = read(saved());

    assertThat(all)
        .anySatisfy(
            event -> {
              assertThat(event.text(EventText.OBJECT)).isEqualTo("etl-exec-3");
              assertThat(event.text(EventText.CAUSE)).isEqualTo("evicted");
            })
        .anySatisfy(
            event -> {
              assertThat(event.text(EventText.OBJECT)).isEqualTo("jm");
              assertThat(event.text(EventText.APPLICATION_ID)).isEqualTo("orders");
              assertThat(event.number(EventNumber.RESTARTS, 0)).isEqualTo(3);
              assertThat(event.number(EventNumber.READY, 0)).isEqualTo(1);
              assertThat(event.number(EventNumber.LIMIT_CPU_MILLI, 0)).isEqualTo(2_000);
            })
        .anySatisfy(event -> assertThat(event.text(EventText.REASON)).isEqualTo("ImagePullBackOff"))
        .anySatisfy(
            event -> {
              assertThat(event.kind()).isEqualTo(EventKind.NODE_CONDITION);
              assertThat(event.text(EventText.STATE)).isEqualTo("MemoryPressure");
              assertThat(event.number(EventNumber.HOLDS, 0)).isEqualTo(1);
            })
        .anySatisfy(
            event -> {
              assertThat(event.kind()).isEqualTo(EventKind.CLUSTER_EVENT);
              assertThat(event.number(EventNumber.OCCURRENCES, 0)).isEqualTo(7);
              assertThat(event.text(EventText.DIAGNOSTICS)).doesNotContain("abcdef");
            });
  }

  @Test
  void theSameAgain_isNoNews() throws Exception {
    assertThat(read(saved())).isNotEmpty();
    assertThat(read(saved())).isEmpty();
    assertThat(read(saved().replace("\"restartCount\": 3", "\"restartCount\": 4")))
        .extracting(EngineEvent::kind)
        .containsExactly(EventKind.POD_STATE);
  }

  @Test
  void amounts_areReadAsTheApiWritesThem() {
    assertThat(Quantity.whole("2Gi")).isEqualTo(2L << 30);
    assertThat(Quantity.whole("1e3")).isEqualTo(1_000);
    assertThat(Quantity.milli("250m")).isEqualTo(250);
    assertThat(Quantity.milli("0.5")).isEqualTo(500);
    assertThat(Quantity.whole("9999999999Pi")).isNull();
    assertThat(Quantity.whole("much")).isNull();
  }

  @Test
  void aThousandMutations_areReadOrRefused() throws Exception {
    Random random = new Random(3);
    String text = saved();
    int read = 0;
    for (int i = 0; i < 1_000; i++) {
      try {
        assertThat(read(Mutations.of(text, random))).hasSizeLessThan(100);
        read++;
      } catch (SourceException e) {
        assertThat(e.code()).isEqualTo(SourceException.Code.BAD_ANSWER);
      }
    }

    assertThat(read).isBetween(100, 990);
  }

  @Test
  void kubeconfigs_areReadOrRefusedInOneLine() throws Exception {
    String good =
        """
        current-context: here
        contexts: [{name: here, context: {cluster: c, user: u}}]
        clusters: [{name: c, cluster: {server: "https://127.0.0.1:6443"}}]
        users: [{name: u, user: {token: abc}}]
        """;
    assertThat(Kubeconfig.parse(good, Path.of("k")).token()).isEqualTo("abc");
    refused(good.replace("token: abc", "exec: {command: aws}"), "programs that make tokens");
    refused(good.replace("current-context: here", "current-context: x"), "names no server");
    refused(good.replace("https://127.0.0.1:6443", "ftp:x"), "not an address");
    refused(good.replace("server:", "insecure-skip-tls-verify: true, server:"), "not to check");
    Random random = new Random(9);
    for (int i = 0; i < 1_000; i++) {
      try {
        Kubeconfig.parse(Mutations.of(good, random), Path.of("k"));
      } catch (SourceException e) {
        assertThat(e.code()).isEqualTo(SourceException.Code.BAD_INPUT);
        assertThat(e.getMessage()).doesNotContain("\n");
      }
    }
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> Kubeconfig.parse(text, Path.of("k")))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining(message);
  }
}
