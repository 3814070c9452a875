// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts sources into the order in which their runs started, by their heads alone, so that each run
 * is read after those that are its history. Files on a remote system are not opened for this: they
 * stand by the time at which they were last written.
 */
public final class Chronology {
  /** The list of jobs stands near the beginning of an archive. */
  private static final int ARCHIVE_HEAD_BYTES = 1 << 18;

  private static final Pattern ARCHIVE_START =
      Pattern.compile("\\\\?\"start-time\\\\?\"\\s*:\\s*(\\d{1,15})");

  private record Dated(Source source, long millis) {}

  private Chronology() {}

  /**
   * The same sources, those of the oldest runs first; those that started at once stay as they were,
   * those that tell no time come last.
   *
   * @param looked is told how many sources have been looked at
   */
  public static List<Source> sorted(List<Source> sources, IntConsumer looked) {
    if (sources.size() < 2) {
      return sources;
    }
    List<Dated> dated = new ArrayList<>(sources.size());
    for (Source source : sources) {
      dated.add(new Dated(source, millis(source).orElse(Long.MAX_VALUE)));
      looked.accept(dated.size());
    }
    return dated.stream()
        .sorted(Comparator.comparingLong(Dated::millis))
        .map(Dated::source)
        .toList();
  }

  private static OptionalLong millis(Source source) {
    if (source instanceof Source.Spark spark) {
      return spark.log().startMillis();
    }
    if (source instanceof Source.Flink flink) {
      return archive(flink.file());
    }
    if (source instanceof Source.Remote remote) {
      return remote.parts().stream().mapToLong(HadoopFiles.File::writtenMillis).min();
    }
    return OptionalLong.empty();
  }

  private static OptionalLong archive(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String head = new String(in.readNBytes(ARCHIVE_HEAD_BYTES), StandardCharsets.UTF_8);
      Matcher start = ARCHIVE_START.matcher(head);
      return start.find() ? OptionalLong.of(Long.parseLong(start.group(1))) : OptionalLong.empty();
    } catch (IOException e) {
      // Whoever reads it says why it cannot be read.
      return OptionalLong.empty();
    }
  }
}
