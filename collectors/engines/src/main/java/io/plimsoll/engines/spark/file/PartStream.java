// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark.file;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The unpacked bytes of one file. Damaged packing ends the stream where the damage begins; {@link
 * #damage} then tells it. Not thread-safe.
 */
public final class PartStream extends InputStream {
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream unpacked;
  private final Packing packing;
  private @Nullable String damage;

  private PartStream(InputStream unpacked, Packing packing, @Nullable String damage) {
    this.unpacked = unpacked;
    this.packing = packing;
    this.damage = damage;
  }

  /**
   * Opens a file.
   *
   * @throws IOException when it cannot be opened at all
   */
  public static PartStream open(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      return of(raw, file.getFileName().toString());
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** The stream of these packed bytes, which stand under this name. */
  static PartStream of(InputStream raw, String name) throws IOException {
    raw.mark(Packing.HEAD_BYTES);
    byte[] head = new byte[Packing.HEAD_BYTES];
    int count = raw.readNBytes(head, 0, head.length);
    raw.reset();
    Packing packing = Packing.of(head, count);
    Packing promised = Packing.named(name);
    boolean isBroken = packing == Packing.PLAIN && promised != packing && looksBinary(head, count);
    if (isBroken) {
      return new PartStream(
          raw, packing, "named " + promised + " but its first bytes are of another kind");
    }
    try {
      return new PartStream(packing.unpack(raw), packing, null);
    } catch (IOException | RuntimeException e) {
      return new PartStream(raw, packing, said(packing, e));
    }
  }

  /** How the file was packed. */
  public Packing packing() {
    return packing;
  }

  /** Why the stream ended before its time; null while nothing is wrong. */
  public @Nullable String damage() {
    return damage;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (damage != null) {
      return -1;
    }
    try {
      return unpacked.read(into, offset, length);
    } catch (IOException | RuntimeException | AssertionError e) {
      // The codecs throw what they like at damaged bytes; all of it means the same here.
      damage = said(packing, e);
      return -1;
    }
  }

  @Override
  public void close() throws IOException {
    unpacked.close();
  }

  private static String said(Packing packing, Throwable problem) {
    String what = packing.name().toLowerCase(java.util.Locale.ROOT);
    if (problem instanceof EOFException) {
      return what + " data ends within a block";
    }
    return what + " data is damaged: " + problem.getMessage();
  }

  private static boolean looksBinary(byte[] head, int count) {
    for (int i = 0; i < count; i++) {
      if (head[i] < ' ' && head[i] != '\n' && head[i] != '\r' && head[i] != '\t') {
        return true;
      }
    }
    return false;
  }
}
