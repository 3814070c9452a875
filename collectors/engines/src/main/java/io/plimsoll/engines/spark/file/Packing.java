// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark.file;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.ning.compress.lzf.LZFInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import net.jpountz.lz4.LZ4BlockInputStream;

/** How a file is compressed, told by its first bytes: names lie more often than contents. */
public enum Packing {
  /** Not compressed. */
  PLAIN,
  GZIP(0x1f, 0x8b),
  ZSTD(0x28, 0xb5, 0x2f, 0xfd),
  /** Blocks as Spark's lz4 codec frames them. */
  LZ4('L', 'Z', '4', 'B', 'l', 'o', 'c', 'k'),
  /** Chunks as Spark's snappy codec frames them. */
  SNAPPY(0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0),
  LZF('Z', 'V');

  /** As many first bytes as {@link #of} looks at. */
  static final int HEAD_BYTES = 8;

  private static final int BUFFER_BYTES = 1 << 16;

  private final byte[] magic;

  Packing(int... magic) {
    this.magic = new byte[magic.length];
    for (int i = 0; i < magic.length; i++) {
      this.magic[i] = (byte) magic[i];
    }
  }

  /**
   * The packing that a file begins with.
   *
   * @param count how many bytes of the head are there
   */
  static Packing of(byte[] head, int count) {
    for (Packing packing : values()) {
      if (packing != PLAIN && packing.opens(head, count)) {
        return packing;
      }
    }
    return PLAIN;
  }

  /** The packing that a file name promises. */
  static Packing named(String fileName) {
    String name = fileName.toLowerCase(java.util.Locale.ROOT);
    for (String ending : new String[] {".inprogress", ".compact"}) {
      if (name.endsWith(ending)) {
        name = name.substring(0, name.length() - ending.length());
      }
    }
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "gz", "gzip" -> GZIP;
      case "zst", "zstd" -> ZSTD;
      case "lz4" -> LZ4;
      case "snappy" -> SNAPPY;
      case "lzf" -> LZF;
      default -> PLAIN;
    };
  }

  /** The unpacked bytes; several frames one after the other are one stream. */
  InputStream unpack(InputStream packed) throws IOException {
    return switch (this) {
      case PLAIN -> packed;
      case GZIP -> new GZIPInputStream(packed, BUFFER_BYTES);
      // The frame of a log that is still written is open: what is there is read.
      case ZSTD -> new ZstdInputStreamNoFinalizer(packed).setContinuous(true);
      case LZ4 -> LZ4BlockInputStream.newBuilder().withStopOnEmptyBlock(false).build(packed);
      case SNAPPY -> new SnappyChunks(packed);
      case LZF -> new LZFInputStream(packed);
    };
  }

  private boolean opens(byte[] head, int count) {
    if (count < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if (head[i] != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
