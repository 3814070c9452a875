// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;

/**
 * One protobuf message being read from untrusted bytes. Allocates nothing by an announced length:
 * lengths are held against the bytes that are there first.
 */
final class MessageReader {
  private final byte[] bytes;
  private final int offset;
  private final String name;
  private final CodedInputStream in;
  private int field;
  private int wireType;

  /** {@code name} is the message's name in the schema, for errors. */
  static MessageReader of(byte[] bytes, String name) {
    return new MessageReader(bytes, 0, bytes.length, name);
  }

  private MessageReader(byte[] bytes, int offset, int length, String name) {
    this.bytes = bytes;
    this.offset = offset;
    this.name = name;
    this.in = CodedInputStream.newInstance(bytes, offset, length);
  }

  /** Moves to the next field; false at the message's end. */
  boolean next() throws IOException {
    int tag = in.readTag();
    field = tag >>> 3;
    wireType = tag & 7;
    return tag != 0;
  }

  /** The number of the field that must be read or skipped now. */
  int field() {
    return field;
  }

  void skip() throws IOException, WireException {
    switch (wireType) {
      case WireTypes.VARINT:
        in.readRawVarint64();
        break;
      case WireTypes.FIXED_64:
        in.skipRawBytes(Long.BYTES);
        break;
      case WireTypes.LENGTH_DELIMITED:
        in.skipRawBytes(in.readRawVarint32());
        break;
      case WireTypes.FIXED_32:
        in.skipRawBytes(Integer.BYTES);
        break;
      default:
        throw malformed("field " + field + " has wire type " + wireType);
    }
  }

  int uint32() throws IOException, WireException {
    require(WireTypes.VARINT);
    return in.readUInt32();
  }

  int sint32() throws IOException, WireException {
    require(WireTypes.VARINT);
    return in.readSInt32();
  }

  /** Also int64: the bytes are the same. */
  long uint64() throws IOException, WireException {
    require(WireTypes.VARINT);
    return in.readUInt64();
  }

  long sint64() throws IOException, WireException {
    require(WireTypes.VARINT);
    return in.readSInt64();
  }

  String text() throws IOException, WireException {
    require(WireTypes.LENGTH_DELIMITED);
    return in.readStringRequireUtf8();
  }

  byte[] bytes() throws IOException, WireException {
    require(WireTypes.LENGTH_DELIMITED);
    return in.readByteArray();
  }

  /** The message in this field, to be read at any time; this reader goes on behind it. */
  MessageReader message(String messageName) throws IOException, WireException {
    require(WireTypes.LENGTH_DELIMITED);
    int length = in.readRawVarint32();
    int start = in.getTotalBytesRead();
    in.skipRawBytes(length);
    return new MessageReader(bytes, offset + start, length, messageName);
  }

  /** Appends the field's values, packed or single. */
  void uint32s(LongColumn into) throws IOException, WireException {
    if (wireType == WireTypes.VARINT) {
      into.add(Integer.toUnsignedLong(in.readUInt32()));
      return;
    }
    int outer = enterPacked();
    while (!in.isAtEnd()) {
      into.add(Integer.toUnsignedLong(in.readUInt32()));
    }
    in.popLimit(outer);
  }

  /** Appends the field's values, packed or single. */
  void sint64s(LongColumn into) throws IOException, WireException {
    if (wireType == WireTypes.VARINT) {
      into.add(in.readSInt64());
      return;
    }
    int outer = enterPacked();
    while (!in.isAtEnd()) {
      into.add(in.readSInt64());
    }
    in.popLimit(outer);
  }

  /** Appends what the field's differences add up to, each to the value before it. */
  void deltas(LongColumn into) throws IOException, WireException {
    if (wireType == WireTypes.VARINT) {
      addDelta(into);
      return;
    }
    int outer = enterPacked();
    while (!in.isAtEnd()) {
      addDelta(into);
    }
    in.popLimit(outer);
  }

  private void addDelta(LongColumn into) throws IOException {
    long before = into.size() == 0 ? 0 : into.at(into.size() - 1);
    into.add(before + in.readSInt64());
  }

  private int enterPacked() throws IOException, WireException {
    require(WireTypes.LENGTH_DELIMITED);
    return in.pushLimit(in.readRawVarint32());
  }

  private void require(int expected) throws WireException {
    if (wireType != expected) {
      throw malformed("field " + field + " has wire type " + wireType + ", not " + expected);
    }
  }

  /** An error that names this message. */
  WireException malformed(String what) {
    return new WireException(WireException.Code.MALFORMED, name + ": " + what);
  }
}
