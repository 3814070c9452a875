// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

/** Protobuf's wire types as far as proto3 uses them. */
final class WireTypes {
  static final int VARINT = 0;
  static final int FIXED_64 = 1;
  static final int LENGTH_DELIMITED = 2;
  static final int FIXED_32 = 5;

  private WireTypes() {}
}
