// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class KafkaTransportTest {
  /** It would end the producer's only thread. */
  @Test
  void anErrorInAReceiptStaysInTheCallback() {
    List<String> told = new ArrayList<>();
    Transport.Receipt failing =
        new Transport.Receipt() {
          @Override
          public void sent() {
            told.add("sent");
            throw new OutOfMemoryError("planted");
          }

          @Override
          public void refused(boolean again, String reason) {
            told.add(again + " " + reason);
            throw new OutOfMemoryError("planted");
          }
        };
    KafkaTransport.tell(failing, null);
    assertThat(told).containsExactly("sent", "true java.lang.OutOfMemoryError");
  }

  @Test
  void whatKeepsTheHostSafeCannotBeOverridden() {
    Map<String, Object> settings =
        KafkaTransport.settings(
            "a:1",
            Map.of(
                "max.block.ms", "60000",
                "buffer.memory", "999999999",
                "compression.type", "zstd",
                "enable.idempotence", "true",
                "bootstrap.servers", "b:2"),
            "plimsoll-x");
    assertThat(settings)
        .containsEntry("bootstrap.servers", "a:1")
        .containsEntry("max.block.ms", 1000)
        .containsEntry("buffer.memory", 4 << 20)
        .containsEntry("compression.type", "gzip")
        .containsEntry("enable.idempotence", false)
        .containsEntry("client.id", "plimsoll-x")
        .containsEntry("delivery.timeout.ms", 15_000);
  }

  @Test
  void securityAndAcknowledgementsAreTheUsers() {
    Map<String, Object> settings =
        KafkaTransport.settings(
            "a:1",
            Map.of("security.protocol", "SASL_SSL", "acks", "1", "sasl.mechanism", "PLAIN"),
            "plimsoll-x");
    assertThat(settings)
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "PLAIN")
        .containsEntry("acks", "1");
  }

  @Test
  void theSettingsAreOnesThatTheClientKnows() {
    Map<String, Object> settings = KafkaTransport.settings("a:1", Map.of(), "plimsoll-x");
    assertThat(ProducerConfig.configNames()).containsAll(settings.keySet());
  }
}
