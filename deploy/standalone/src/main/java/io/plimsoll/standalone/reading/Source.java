// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import io.plimsoll.engines.spark.EventLog;
import java.nio.file.Path;
import java.util.List;

/** Something on disk that may tell of one run. */
public sealed interface Source {
  /** As it is shown: relative to what the user named. */
  String name();

  /** On disk, packed. */
  long bytes();

  /** An event log of Spark, or a file that is taken for one until it is read. */
  record Spark(String name, long bytes, EventLog log) implements Source {}

  /** A file of Flink's HistoryServer. */
  record Flink(String name, long bytes, Path file) implements Source {}

  /** Files of one log on a remote file system; they are copied here while they are read. */
  record Remote(String name, long bytes, HadoopFiles files, List<HadoopFiles.File> parts)
      implements Source {
    public Remote {
      parts = List.copyOf(parts);
    }
  }

  /** What cannot even be listed or opened. */
  record Broken(String name, String reason) implements Source {
    @Override
    public long bytes() {
      return 0;
    }
  }
}
