// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.influx;

import io.plimsoll.profile.Rollup;
import io.plimsoll.store.Fact;
import java.util.concurrent.TimeUnit;
import org.influxdb.dto.Point;

/** A fact as a point: its labels are tags, at the time when it began. */
final class FactPoint {
  private static final long LAST_MILLIS = Long.MAX_VALUE / 1_000_000;

  private FactPoint() {}

  static Place place(Fact.Kind kind) {
    return switch (kind) {
      case RUN -> new Place(Rollup.Level.RUN, Place.RUNS, "plimsoll_run_facts", null);
      case PROCESS ->
          new Place(Rollup.Level.PROCESS, Place.PROCESSES, "plimsoll_process_facts", "process");
      case FINDING -> new Place(Rollup.Level.RUN, Place.RUNS, "plimsoll_finding", "point");
    };
  }

  /** Whether the fact has a time that InfluxDB knows and a field. */
  static boolean isPlaced(Fact fact) {
    return fact.epochMillis() > 0
        && fact.epochMillis() < LAST_MILLIS
        && !(fact.numbers().isEmpty() && fact.texts().isEmpty());
  }

  static String line(Fact fact) {
    Place place = place(fact.kind());
    Point.Builder point =
        Point.measurement(place.measurement())
            .time(fact.epochMillis(), TimeUnit.MILLISECONDS)
            .tag("cluster", TagText.encode(fact.run().cluster()))
            .tag("run", TagText.encode(fact.run().id()));
    String tag = place.entityTag();
    if (tag != null) {
      point.tag(tag, TagText.encode(fact.entity()));
    }
    fact.labels().forEach((name, value) -> point.tag(name, TagText.encode(value)));
    fact.numbers().forEach((name, value) -> point.addField(name, value.longValue()));
    fact.texts().forEach((name, value) -> point.addField(name, value.replace('\n', ' ')));
    return point.build().lineProtocol();
  }
}
