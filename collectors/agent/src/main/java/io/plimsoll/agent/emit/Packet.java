// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import io.plimsoll.wire.Stream;
import java.util.UUID;

/** One encoded envelope on its way. */
final class Packet {
  private final Stream stream;
  private final UUID process;
  private final int records;
  private final byte[] bytes;

  Packet(Stream stream, UUID process, int records, byte[] bytes) {
    this.stream = stream;
    this.process = process;
    this.records = records;
    this.bytes = bytes;
  }

  Stream stream() {
    return stream;
  }

  UUID process() {
    return process;
  }

  /** Samples, attempts or events inside. */
  int records() {
    return records;
  }

  byte[] bytes() {
    return bytes;
  }
}
