// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.last;

import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.codec.EnvelopeRecording;
import io.plimsoll.wire.codec.WireException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The form of a last-record file: 64 KiB, whose first page says which process it is and whose two
 * slots are written in turn, each with a generation and a checksum. A process that dies while it
 * writes one slot leaves the other. It is written with plain writes: what the kernel has taken
 * outlives the process as well as mapped memory does, and a full disk or a file that somebody cuts
 * off is an error here instead of a signal in the host.
 */
final class LastFile implements java.io.Closeable {
  static final int FILE_BYTES = 64 << 10;
  static final int HEADER_BYTES = 4 << 10;
  static final int SLOT_BYTES = (FILE_BYTES - HEADER_BYTES) / 2;

  private static final int ENDED_AT = HEADER_BYTES - 1;
  private static final byte ENDED = 'E';
  private static final int SLOT_HEADER_BYTES = 8 + 4 + 4;
  private static final String MAGIC = "PLIMLAST1 ";

  /** What a slot can hold. */
  static final int MOST_BYTES = SLOT_BYTES - SLOT_HEADER_BYTES;

  private final RandomAccessFile file;
  private long generation;

  private LastFile(RandomAccessFile file) {
    this.file = file;
  }

  /** Makes a file, whole, so that nothing is allocated later. */
  static LastFile create(File place, ProcessMark mark) throws IOException {
    RandomAccessFile file = new RandomAccessFile(place, "rw");
    byte[] whole = new byte[FILE_BYTES];
    byte[] text = (MAGIC + mark + "\n").getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, whole, 0, Math.min(text.length, HEADER_BYTES));
    try {
      file.write(whole);
      return new LastFile(file);
    } catch (IOException full) {
      file.close();
      throw full;
    }
  }

  /** Writes envelopes over the older slot; those that do not fit are left out, last ones first. */
  void write(List<byte[]> envelopes) throws IOException {
    byte[] payload = payload(envelopes);
    long next = generation + 1;
    ByteBuffer slot = ByteBuffer.allocate(SLOT_HEADER_BYTES + payload.length);
    slot.putLong(next).putInt(payload.length).putInt((int) checksum(next, payload)).put(payload);
    file.seek(HEADER_BYTES + (next & 1) * SLOT_BYTES);
    file.write(slot.array());
    generation = next;
  }

  /** From now on the process did not vanish, whatever the slots say. */
  void endInOrder() throws IOException {
    file.seek(ENDED_AT);
    file.write(ENDED);
  }

  private static byte[] payload(List<byte[]> envelopes) throws IOException {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    EnvelopeRecording.start(payload);
    for (byte[] envelope : envelopes) {
      if (payload.size() + envelope.length + 5 <= MOST_BYTES) {
        EnvelopeRecording.write(payload, envelope);
      }
    }
    return payload.toByteArray();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Whose file it is, or null when it is none of ours. */
  static @Nullable ProcessMark mark(byte[] whole) {
    int end = 0;
    while (end < whole.length && end < HEADER_BYTES && whole[end] != '\n') {
      end++;
    }
    String text = new String(whole, 0, end, StandardCharsets.US_ASCII);
    return text.startsWith(MAGIC) ? ProcessMark.parse(text.substring(MAGIC.length())) : null;
  }

  /** The newest slot's envelopes; empty when neither is whole. */
  static List<Envelope> envelopes(byte[] whole) {
    List<Envelope> best = Collections.emptyList();
    long newest = 0;
    for (int i = 0; i < 2; i++) {
      int at = HEADER_BYTES + i * SLOT_BYTES;
      if (whole.length < at + SLOT_HEADER_BYTES) {
        continue;
      }
      ByteBuffer slot = ByteBuffer.wrap(whole, at, Math.min(SLOT_BYTES, whole.length - at));
      long number = slot.getLong();
      int length = slot.getInt();
      int sum = slot.getInt();
      if (number <= newest || length < 0 || length > slot.remaining()) {
        continue;
      }
      byte[] payload = new byte[length];
      slot.get(payload);
      if ((int) checksum(number, payload) == sum) {
        newest = number;
        best = decoded(payload);
      }
    }
    return whole.length > ENDED_AT && whole[ENDED_AT] == ENDED ? withoutVanished(best) : best;
  }

  private static List<Envelope> withoutVanished(List<Envelope> envelopes) {
    List<Envelope> others = new ArrayList<>();
    for (Envelope envelope : envelopes) {
      if (!isVanished(envelope)) {
        others.add(envelope);
      }
    }
    return others;
  }

  /** Whether this is the prepared event of a process that vanished. */
  static boolean isVanished(Envelope envelope) {
    return envelope.events().size() == 1
        && envelope.events().get(0).kind() == EventKind.PROCESS_VANISHED;
  }

  private static List<Envelope> decoded(byte[] payload) {
    List<Envelope> envelopes = new ArrayList<>();
    try {
      EnvelopeRecording.read(new ByteArrayInputStream(payload), envelopes::add);
      return envelopes;
    } catch (IOException | WireException damaged) {
      // What stood before the damage was used.
      return envelopes;
    }
  }

  private static long checksum(long generation, byte[] payload) {
    CRC32 sum = new CRC32();
    sum.update(ByteBuffer.allocate(8).putLong(generation).array(), 0, 8);
    sum.update(payload, 0, payload.length);
    return sum.getValue();
  }
}
