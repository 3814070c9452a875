// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

/** One of a process's three sequences of envelopes, each on a topic of its own. */
public enum Stream {
  SAMPLES("plimsoll.samples"),
  ATTEMPTS("plimsoll.attempts"),
  EVENTS("plimsoll.events");

  private final String topic;

  Stream(String topic) {
    this.topic = topic;
  }

  /** The Kafka topic; its key is the process's UUID as text. */
  public String topic() {
    return topic;
  }
}
