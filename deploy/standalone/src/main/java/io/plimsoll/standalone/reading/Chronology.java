// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which runs began, so that a job's earlier runs are known when a later one is judged,
 * however its files are named. Only the first lines of each log are looked at.
 */
public final class Chronology {
  private static final long UNKNOWN = Long.MAX_VALUE;

  private Chronology() {}

  private record Begun(Source source, long millis) {}

  /** Ends a reading whose first lines were all that was asked for. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Enough() {
      super(null, null, false, false);
    }
  }

  /** The oldest first; those that do not tell their beginning come last, in the order given. */
  public static List<Source> sorted(List<Source> sources) {
    if (sources.size() < 2) {
      return List.copyOf(sources);
    }
    List<Begun> begun = new ArrayList<>(sources.size());
    for (Source source : sources) {
      begun.add(new Begun(source, startMillis(source)));
    }
    return begun.stream()
        .sorted(Comparator.comparingLong(Begun::millis))
        .map(Begun::source)
        .toList();
  }

  private static long startMillis(Source source) {
    if (!(source instanceof Source.Spark spark)) {
      return UNKNOWN;
    }
    long[] found = {UNKNOWN};
    try {
      spark
          .log()
          .envelopes(
              "",
              envelope -> {
                found[0] = startMillis(envelope);
                throw new Enough();
              });
    } catch (Enough e) {
      return found[0];
    } catch (IllegalArgumentException e) {
      // It is said when the log is read to its end.
      return UNKNOWN;
    }
    return found[0];
  }

  private static long startMillis(Envelope first) {
    for (EngineEvent event : first.events()) {
      if (event.kind() == EventKind.APPLICATION_STARTED) {
        return event.epochMillis();
      }
    }
    return UNKNOWN;
  }
}
