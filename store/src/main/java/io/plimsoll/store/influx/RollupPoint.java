// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.influx;

import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.RunKey;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.influxdb.dto.Point;
import org.jspecify.annotations.Nullable;

/**
 * A rollup as a point and back. Every value is an integer field of its own name, so no field ever
 * changes its type; beside them stand the revision and the shape, a hash of the names. A stage's
 * number is a field; its place inside the window's ten seconds keeps stages apart.
 */
final class RollupPoint {
  static final String REVISION = "plimsoll.revision";
  static final String SHAPE = "plimsoll.shape";
  static final String STAGE = "plimsoll.stage";
  static final String STAGE_ATTEMPT = "plimsoll.stage.attempt";

  /** How many subtasks the values of subtasks speak of. */
  static final String SUBTASKS = "plimsoll.subtasks";

  private static final String OWN = "plimsoll.";

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long WINDOW_NANOS = Rollup.WINDOW_MILLIS * NANOS_PER_MILLI;
  private static final long ATTEMPTS_PER_STAGE = 1_000;
  private static final long LAST_MILLIS = Long.MAX_VALUE / NANOS_PER_MILLI - Rollup.WINDOW_MILLIS;

  private RollupPoint() {}

  /**
   * The point's time in nanoseconds.
   *
   * @throws IllegalArgumentException when the rollup has no place in InfluxDB; the message says why
   */
  static long nanos(Rollup rollup) {
    if (rollup.windowMillis() != Rollup.WINDOW_MILLIS
        || Rollup.windowStart(rollup.windowStartMillis()) != rollup.windowStartMillis()) {
      throw new IllegalArgumentException("its window is none of 10 s");
    }
    if (Math.abs(rollup.windowStartMillis()) > LAST_MILLIS) {
      throw new IllegalArgumentException("InfluxDB's time ends before its window");
    }
    return rollup.windowStartMillis() * NANOS_PER_MILLI + offset(rollup);
  }

  /** The window that holds this time. */
  static long windowStartMillis(long nanos) {
    return Math.floorDiv(nanos, WINDOW_NANOS) * Rollup.WINDOW_MILLIS;
  }

  /**
   * The line of line protocol.
   *
   * @param values of the rollup, without those that are left out
   */
  static String line(Place place, Rollup rollup, SortedMap<String, Long> values) {
    Point.Builder point =
        Point.measurement(place.measurement())
            .time(nanos(rollup), TimeUnit.NANOSECONDS)
            .tag("cluster", TagText.encode(rollup.run().cluster()))
            .tag("run", TagText.encode(rollup.run().id()));
    String tag = place.entityTag();
    if (tag != null) {
      point.tag(tag, TagText.encode(rollup.entity()));
    }
    values.forEach((name, value) -> point.addField(name, value.longValue()));
    point.addField(REVISION, rollup.revision()).addField(SHAPE, shape(values.keySet()));
    if (place.level() == Rollup.Level.STAGE) {
      int dot = rollup.entity().lastIndexOf('.');
      point
          .addField(STAGE, Long.parseLong(rollup.entity().substring(0, dot)))
          .addField(STAGE_ATTEMPT, Long.parseLong(rollup.entity().substring(dot + 1)));
    }
    return point.build().lineProtocol();
  }

  /** The rollup of a row of {@code SELECT * … GROUP BY *}. */
  static Rollup rollup(Place place, RunKey run, InfluxServer.Series series, int row) {
    SortedMap<String, Long> values = new TreeMap<>();
    long nanos = 0;
    long revision = 0;
    for (int i = 0; i < series.columns().size(); i++) {
      Number value = (Number) series.rows().get(row).get(i);
      String column = series.columns().get(i);
      if (column.equals("time") && value != null) {
        nanos = value.longValue();
      } else if (column.equals(REVISION) && value != null) {
        revision = value.longValue();
      } else if (value != null && !isOwn(column)) {
        values.put(column, value.longValue());
      }
    }
    return new Rollup(
        run,
        place.level(),
        entity(place, series, row),
        windowStartMillis(nanos),
        Rollup.WINDOW_MILLIS,
        revision,
        values);
  }

  /** The entity of a row that holds the stage's fields, or whose series is grouped by the tag. */
  static String entity(Place place, InfluxServer.Series series, int row) {
    String tag = place.entityTag();
    if (tag != null) {
      return TagText.decode(series.tags().getOrDefault(tag, ""));
    }
    if (place.level() != Rollup.Level.STAGE) {
      return "";
    }
    return number(series, row, STAGE) + "." + number(series, row, STAGE_ATTEMPT);
  }

  /** The number in this column, 0 where there is none. */
  static long number(InfluxServer.Series series, int row, String column) {
    int index = series.columns().indexOf(column);
    Object value = index < 0 ? null : series.rows().get(row).get(index);
    return value instanceof Number number ? number.longValue() : 0;
  }

  /** Whether a column is none of the rollup's values. */
  static boolean isOwn(String column) {
    return column.startsWith(OWN)
        && (column.equals(REVISION)
            || column.equals(SHAPE)
            || column.equals(STAGE)
            || column.equals(SUBTASKS)
            || column.equals(STAGE_ATTEMPT));
  }

  /** FNV-1a of 64 bits over the names (Fowler, Noll and Vo; RFC 9923); they come in their order. */
  static long shape(Collection<String> names) {
    long hash = 0xcbf29ce484222325L;
    for (String name : names) {
      for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
        hash = (hash ^ (octet & 0xff)) * 0x100000001b3L;
      }
      hash = hash * 0x100000001b3L;
    }
    return hash;
  }

  private static long offset(Rollup rollup) {
    if (rollup.level() != Rollup.Level.STAGE) {
      return 0;
    }
    int dot = rollup.entity().lastIndexOf('.');
    @Nullable Long stage = dot < 1 ? null : parsed(rollup.entity().substring(0, dot));
    @Nullable Long attempt = dot < 1 ? null : parsed(rollup.entity().substring(dot + 1));
    if (stage == null || attempt == null || stage < -1 || attempt < -1) {
      throw new IllegalArgumentException("'" + rollup.entity() + "' is no stage and attempt");
    }
    // Not told is -1.
    if (attempt + 1 >= ATTEMPTS_PER_STAGE || stage + 1 >= WINDOW_NANOS / ATTEMPTS_PER_STAGE) {
      throw new IllegalArgumentException(
          "stage " + rollup.entity() + " is beyond what is told apart");
    }
    return (stage + 1) * ATTEMPTS_PER_STAGE + attempt + 1;
  }

  private static @Nullable Long parsed(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
