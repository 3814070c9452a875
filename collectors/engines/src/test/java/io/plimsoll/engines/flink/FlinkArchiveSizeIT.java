// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.flink;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkArchiveSizeIT {
  @TempDir Path folder;

  @Test
  void aFileThatWouldTakeTooMuchMemoryIsRefusedWithTheWayOut() throws Exception {
    Path file = folder.resolve("archive");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength((64L << 20) + 1);
    }
    assertThatThrownBy(() -> FlinkArchive.read(file))
        .isInstanceOf(FlinkSourceException.class)
        .hasMessageContaining(file + " has 67108865 bytes, more than the 64 MiB")
        .hasMessageContaining("web.checkpoints.history");
  }
}
