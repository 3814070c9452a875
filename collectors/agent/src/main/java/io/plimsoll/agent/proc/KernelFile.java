// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One small kernel file that is read again and again through one descriptor and one buffer. Not for
 * several threads at once.
 */
public final class KernelFile implements Closeable {
  private static final int FIRST_BYTES = 2048;
  private static final int LARGEST_BYTES = 1 << 20;

  private final String path;
  private byte[] buffer = new byte[FIRST_BYTES];
  private @Nullable RandomAccessFile file;

  public KernelFile(String path) {
    this.path = path;
  }

  /** The whole text, or null when the file is not there or cannot be read now. */
  public @Nullable String text() {
    try {
      RandomAccessFile open = file;
      if (open == null) {
        open = new RandomAccessFile(path, "r");
        file = open;
      } else {
        open.seek(0);
      }
      int length = 0;
      while (true) {
        int read = open.read(buffer, length, buffer.length - length);
        if (read < 0) {
          return new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
        }
        length += read;
        if (length == buffer.length) {
          if (length >= LARGEST_BYTES) {
            return null;
          }
          buffer = java.util.Arrays.copyOf(buffer, 2 * length);
        }
      }
    } catch (IOException gone) {
      close();
      return null;
    }
  }

  /** The whole text of a file that is read once, or null when it is not there. */
  public static @Nullable String textOf(String path) {
    byte[] bytes = new byte[FIRST_BYTES];
    int length = 0;
    try (FileInputStream in = new FileInputStream(path)) {
      while (true) {
        int read = in.read(bytes, length, bytes.length - length);
        if (read < 0) {
          return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        }
        length += read;
        if (length == bytes.length) {
          if (length >= LARGEST_BYTES) {
            return null;
          }
          bytes = java.util.Arrays.copyOf(bytes, 2 * length);
        }
      }
    } catch (IOException gone) {
      return null;
    }
  }

  @Override
  public void close() {
    RandomAccessFile open = file;
    file = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException ignored) {
        // A kernel file that was only read has nothing left to lose.
        buffer = new byte[FIRST_BYTES];
      }
    }
  }
}
