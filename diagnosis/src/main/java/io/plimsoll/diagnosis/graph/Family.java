// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.graph;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The kind of a symptom; links say which kinds of a cause explain which kinds of a dependent. */
public enum Family {
  TIME("latency, duration, delay"),
  THROUGHPUT("work done per second, idle time"),
  ERROR("failures, retries, error rate"),
  CPU("CPU use, throttling, steal"),
  MEMORY("live set, garbage collection, OOM kills"),
  DISK("disk time, spill, free space"),
  NETWORK("bytes on the wire, loss, resets"),
  SKEW("volume of one part beside its siblings"),
  BACKLOG("queue, lag, back pressure"),
  AVAILABILITY("up or not, success rate"),
  OTHER("not said; counts as compatible with every other");

  /** How many families there are. */
  public static final int COUNT = values().length;

  private static final Family[] ALL = values();

  private final String meaning;

  Family(String meaning) {
    this.meaning = meaning;
  }

  /** What stands under it, for people. */
  public String meaning() {
    return meaning;
  }

  /** Lower case, as in a case file. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The family with this ordinal. */
  public static Family at(int ordinal) {
    return ALL[ordinal];
  }

  /** The family of this name, whatever its case; some common other names are known. */
  public static Optional<Family> of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "latency", "duration" -> Optional.of(TIME);
      case "traffic", "volume" -> Optional.of(THROUGHPUT);
      case "errors" -> Optional.of(ERROR);
      case "gc" -> Optional.of(MEMORY);
      case "net" -> Optional.of(NETWORK);
      case "io" -> Optional.of(DISK);
      case "lag", "queue", "backpressure" -> Optional.of(BACKLOG);
      default -> {
        String wanted = name.toUpperCase(Locale.ROOT);
        for (Family family : ALL) {
          if (family.name().equals(wanted)) {
            yield Optional.of(family);
          }
        }
        yield Optional.empty();
      }
    };
  }

  int bit() {
    return 1 << ordinal();
  }

  static int mask(Set<Family> families) {
    return families.stream().mapToInt(Family::bit).reduce(0, (a, b) -> a | b);
  }

  static String ids(int mask) {
    return EnumSet.allOf(Family.class).stream()
        .filter(family -> (mask & family.bit()) != 0)
        .map(Family::id)
        .collect(Collectors.joining(", "));
  }
}
