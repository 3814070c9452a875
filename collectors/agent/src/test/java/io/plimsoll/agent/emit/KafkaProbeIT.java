// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.agent.Responder;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class KafkaProbeIT {
  private static final int CORRELATION = 0x504c494d;
  private static final int GENEROUS_MILLIS = 60_000;

  @Test
  void onlyServersThatAnswerLikeKafkaAreKept() throws IOException {
    try (Responder kafka = Responder.answering(answer(10, CORRELATION));
        Responder web = Responder.answering("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      String servers = "127.0.0.1:" + web.port() + ",127.0.0.1:1,127.0.0.1:" + kafka.port();
      assertThat(KafkaProbe.answering(servers, false, GENEROUS_MILLIS))
          .isEqualTo("127.0.0.1:" + kafka.port());
    }
  }

  @Test
  void aTlsPortOrAWebServerIsNotKafka() throws IOException {
    byte[] tlsAlert = {21, 3, 3, 0, 2, 2, 40};
    for (byte[] rubbish :
        new byte[][] {tlsAlert, answer(10, 1), answer(-5, CORRELATION), answer(0, CORRELATION)}) {
      try (Responder server = Responder.answering(rubbish)) {
        assertThatThrownBy(
                () -> KafkaProbe.answering("127.0.0.1:" + server.port(), false, GENEROUS_MILLIS))
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void aServerWithoutTlsIsNotTakenForAnEncryptedOne() throws IOException {
    try (Responder kafka = Responder.answering(answer(10, CORRELATION));
        Responder silent = Responder.answering("")) {
      assertThatThrownBy(
              () -> KafkaProbe.answering("127.0.0.1:" + kafka.port(), true, GENEROUS_MILLIS))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("does not speak TLS");
      assertThatThrownBy(() -> KafkaProbe.answering("127.0.0.1:" + silent.port(), true))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("does not speak TLS");
      assertThatThrownBy(() -> KafkaProbe.answering("127.0.0.1:" + silent.port(), false))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("does not answer like Kafka");
    }
  }

  private static byte[] answer(int length, int correlation) {
    return ByteBuffer.allocate(16).putInt(length).putInt(correlation).array();
  }
}
