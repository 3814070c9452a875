// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

/** Field and enum numbers of {@code Envelope} and its small parts in the schema. */
final class EnvelopeFields {
  static final int SCHEMA_VERSION = 1;
  static final int IDENTITY = 2;
  static final int STREAM = 3;
  static final int SEQUENCE = 4;
  static final int ANCHOR = 5;
  static final int LOSS = 6;
  static final int SAMPLES = 10;
  static final int ATTEMPTS = 11;
  static final int EVENTS = 12;
  static final int SAMPLE_TABLE = 13;
  static final int ATTEMPT_TABLE = 14;

  static final int ANCHOR_EPOCH_MILLIS = 1;
  static final int ANCHOR_MONOTONIC_NANOS = 2;

  static final int LOSS_SAMPLES = 1;
  static final int LOSS_ATTEMPTS = 2;
  static final int LOSS_EVENTS = 3;
  static final int LOSS_SEND_FAILURES = 4;
  static final int LOSS_MERGED_SAMPLES = 5;
  static final int LOSS_FOLDED_ATTEMPTS = 6;

  static final int STREAM_SAMPLES = 1;
  static final int STREAM_ATTEMPTS = 2;
  static final int STREAM_EVENTS = 3;

  private EnvelopeFields() {}
}
