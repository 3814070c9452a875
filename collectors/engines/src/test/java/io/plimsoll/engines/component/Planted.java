// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Stream;
import io.plimsoll.wire.codec.EnvelopeEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** The texts with secrets that every reader is given, and the look at what it made of them. */
public final class Planted {
  private Planted() {}

  /** Texts with a secret, the same as for the agent. */
  public static List<String> texts() {
    try (InputStream in = Planted.class.getResourceAsStream("/secrets/planted.txt")) {
      if (in == null) {
        throw new IllegalStateException("no planted texts");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text as it stands in JSON, its quotes included. */
  public static String json(String text) {
    return TextNode.valueOf(text).toString();
  }

  /** The bytes of the events have no secret in them, but say at least so often that one stood. */
  public static void isNowhereIn(List<EngineEvent> events, int hidden) {
    Envelope envelope =
        Envelope.header(
                ProcessIdentity.builder(new UUID(1, 2)).build(),
                Stream.EVENTS,
                0,
                ClockAnchor.of(1, 1),
                LossCounters.NONE)
            .events(events);
    String bytes = new String(EnvelopeEncoder.encode(envelope), StandardCharsets.ISO_8859_1);
    assertThat(bytes).doesNotContain("hunter2", "AKIAIOSFODNN7");
    assertThat(bytes.split("\\(redacted\\)", -1).length - 1).isGreaterThanOrEqualTo(hidden);
  }
}
