// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.influx;

import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.RunKey;
import io.plimsoll.store.Fact;
import io.plimsoll.store.FactStore;
import io.plimsoll.store.SeriesStore;
import io.plimsoll.store.StoreException;
import io.plimsoll.store.influx.KnownPoints.Stored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rollups of runs, stages and processes in an InfluxDB; single tasks are not kept here, they stay
 * in the attempt archive, and values of single subtasks are put together. It must be the only
 * writer of its runs: what a run has stored is read once, when the run is first touched, so a lower
 * revision replaces a higher one neither now nor after a restart, and no write waits for a read.
 * What the server refuses for good is counted, said and let go; when it cannot take anything now,
 * the call fails and is to be repeated as a whole. Any thread may call; calls take turns.
 */
public final class InfluxStore implements SeriesStore, FactStore, AutoCloseable {
  /**
   * What became of the rollups since the store was opened.
   *
   * @param written taken by the server
   * @param outdated not written since a higher revision is stored
   * @param refused by the server, for good
   * @param leftOut of processes beyond the limit for one run
   * @param leftOutValues values whose name is beyond the limit for names
   * @param staleFields points that keep a value which is no longer theirs, since the server cannot
   *     delete
   */
  public record Counts(
      long written,
      long outdated,
      long refused,
      long leftOut,
      long leftOutValues,
      long staleFields) {}

  private record Table(Place place, RunKey run) {}

  /** So many names of values has a measurement; more are a mistake in what is measured. */
  static final int NAMES = 4_000;

  private static final int MOST_RUNS = 2_000;
  private static final int MOST_POINTS = 1_000_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final InfluxSettings settings;
  private final InfluxServer server;
  private final LineBatch lines;
  private final Complaints complaints = new Complaints();
  private final LinkedHashMap<Table, KnownPoints> tables = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Long, Set<String>> shapes = new LinkedHashMap<>();
  private final Map<Place, Set<String>> names = new LinkedHashMap<>();
  private boolean prepared;
  private long outdated;
  private long refused;
  private long leftOut;
  private long leftOutValues;
  private long staleFields;

  private InfluxStore(InfluxSettings settings) {
    this.settings = settings;
    this.server = new InfluxServer(settings);
    this.lines = new LineBatch(server, complaints);
  }

  /** A store on this server; it is reached when it is first used. */
  public static InfluxStore on(InfluxSettings settings) {
    return new InfluxStore(settings);
  }

  /**
   * Reaches the server and makes database, retention policies and continuous queries.
   *
   * @throws StoreException when it cannot be reached or refuses the user
   */
  public synchronized void prepare() {
    if (!prepared) {
      if (settings.setup()) {
        new InfluxSchema(settings, server).ensure();
      }
      prepared = true;
    }
  }

  @Override
  public boolean keeps(Rollup.Level level) {
    return Place.of(level) != null;
  }

  @Override
  public synchronized void upsert(List<Rollup> rollups) {
    Map<Table, List<Rollup>> byTable = new LinkedHashMap<>();
    for (Rollup rollup : rollups) {
      Place place = Place.of(rollup.level());
      if (place != null) {
        byTable
            .computeIfAbsent(new Table(place, rollup.run()), any -> new ArrayList<>())
            .add(rollup);
      }
    }
    if (byTable.isEmpty()) {
      return;
    }
    try {
      prepare();
      byTable.forEach(this::add);
      lines.flush();
    } catch (StoreException e) {
      // What was taken of this call is not known: it is read again.
      lines.forget();
      byTable.keySet().forEach(tables::remove);
      if (InfluxServer.isOfDatabase(e)) {
        prepared = false;
        tables.clear();
      }
      throw e;
    }
    forgetOld(byTable.keySet());
  }

  @Override
  public synchronized List<Rollup> rollups(RunKey run, Rollup.Level level) {
    Place place = Place.of(level);
    if (place == null) {
      return List.of();
    }
    prepare();
    List<Rollup> found = new ArrayList<>();
    String query = "SELECT * FROM " + place.from() + " WHERE " + of(run) + " GROUP BY *";
    for (InfluxServer.Series series : server.query(query)) {
      for (int row = 0; row < series.rows().size(); row++) {
        found.add(RollupPoint.rollup(place, run, series, row));
      }
    }
    found.sort(Comparator.comparing(Rollup::entity).thenComparingLong(Rollup::windowStartMillis));
    return found;
  }

  @Override
  public synchronized void put(List<Fact> facts) {
    try {
      prepare();
      for (Fact fact : facts) {
        if (FactPoint.isPlaced(fact)) {
          lines.add(FactPoint.place(fact.kind()), FactPoint.line(fact));
        } else {
          refused++;
        }
      }
      lines.flush();
    } catch (StoreException e) {
      lines.forget();
      prepared &= !InfluxServer.isOfDatabase(e);
      throw e;
    }
  }

  /** What became of the rollups. */
  public synchronized Counts counts() {
    return new Counts(
        lines.written(), outdated, refused + lines.refused(), leftOut, leftOutValues, staleFields);
  }

  @Override
  public synchronized void close() {
    server.close();
  }

  private void add(Table table, List<Rollup> rollups) {
    KnownPoints known = tables.computeIfAbsent(table, any -> new KnownPoints());
    long first = rollups.stream().mapToLong(Rollup::windowStartMillis).min().orElse(Long.MAX_VALUE);
    if (!known.covers(first)) {
      read(table, known, first);
    }
    for (Rollup rollup : rollups) {
      add(table.place(), known, rollup);
    }
  }

  private void add(Place place, KnownPoints known, Rollup rollup) {
    long nanos;
    try {
      nanos = RollupPoint.nanos(rollup);
    } catch (IllegalArgumentException e) {
      refused++;
      complaints.tell(
          "place",
          "a rollup of run "
              + rollup.run().id()
              + " is not written to InfluxDB: "
              + e.getMessage());
      return;
    }
    Stored stored = known.stored(rollup.entity(), rollup.windowStartMillis());
    if (stored != null && stored.revision() > rollup.revision()) {
      outdated++;
      return;
    }
    if (place.entityTag() != null && !isAdmitted(known, rollup)) {
      return;
    }
    SortedMap<String, Long> values = bounded(place, rollup);
    long shape = RollupPoint.shape(values.keySet());
    if (stored != null
        && stored.shape() != shape
        && hasLost(place, rollup, nanos, stored, values)) {
      delete(place, rollup, nanos);
    }
    shapes.computeIfAbsent(shape, any -> new HashSet<>(values.keySet()));
    known.put(rollup.entity(), rollup.windowStartMillis(), new Stored(rollup.revision(), shape));
    lines.add(place, RollupPoint.line(place, rollup, values));
  }

  private boolean isAdmitted(KnownPoints known, Rollup rollup) {
    if (known.admit(rollup.entity(), settings.processesPerRun())) {
      return true;
    }
    leftOut++;
    complaints.tell(
        "processes",
        "run "
            + rollup.run().id()
            + " has more than "
            + settings.processesPerRun()
            + " processes: the windows of the others are not written to InfluxDB, the run's are;"
            + " processes-per-run= raises the limit");
    return false;
  }

  private SortedMap<String, Long> bounded(Place place, Rollup rollup) {
    Set<String> known = names.computeIfAbsent(place, any -> new HashSet<>());
    SortedMap<String, Long> together = Subtasks.together(rollup.values());
    if (known.containsAll(together.keySet())) {
      return together;
    }
    SortedMap<String, Long> values = new TreeMap<>(together);
    values
        .keySet()
        .removeIf(
            name -> {
              if (known.contains(name) || (known.size() < NAMES && known.add(name))) {
                return false;
              }
              leftOutValues++;
              complaints.tell(
                  "names",
                  place.measurement()
                      + " has "
                      + NAMES
                      + " names of values: '"
                      + name
                      + "' of run "
                      + rollup.run().id()
                      + " and other new ones are not written to InfluxDB; find what makes them up");
              return true;
            });
    return values;
  }

  private static String of(RunKey run) {
    return "\"run\" = " + Influxql.literal(TagText.encode(run.id()));
  }

  private static String groups(Place place) {
    String tag = place.entityTag();
    return tag == null ? "" : " GROUP BY " + Influxql.name(tag);
  }

  private void read(Table table, KnownPoints known, long fromMillis) {
    Place place = table.place();
    String stage =
        place.level() == Rollup.Level.STAGE
            ? ", "
                + Influxql.name(RollupPoint.STAGE)
                + ", "
                + Influxql.name(RollupPoint.STAGE_ATTEMPT)
            : "";
    long from = Math.max(fromMillis, Long.MIN_VALUE / NANOS_PER_MILLI + 1) * NANOS_PER_MILLI;
    String query =
        "SELECT "
            + Influxql.name(RollupPoint.REVISION)
            + ", "
            + Influxql.name(RollupPoint.SHAPE)
            + stage
            + " FROM "
            + place.from()
            + " WHERE "
            + of(table.run())
            + " AND time >= "
            + from
            + groups(place);
    for (InfluxServer.Series series : server.query(query)) {
      for (int row = 0; row < series.rows().size(); row++) {
        String entity = RollupPoint.entity(place, series, row);
        if (place.entityTag() != null) {
          known.admit(entity, settings.processesPerRun());
        }
        known.put(
            entity,
            RollupPoint.windowStartMillis(RollupPoint.number(series, row, "time")),
            new Stored(
                RollupPoint.number(series, row, RollupPoint.REVISION),
                RollupPoint.number(series, row, RollupPoint.SHAPE)));
      }
    }
    known.coverFrom(fromMillis);
  }

  /** Whether the stored point has a value that the rollup has not. */
  private boolean hasLost(
      Place place, Rollup rollup, long nanos, Stored stored, SortedMap<String, Long> values) {
    Set<String> before = shapes.get(stored.shape());
    if (before == null) {
      before = storedNames(place, rollup, nanos);
    }
    return !values.keySet().containsAll(before);
  }

  private Set<String> storedNames(Place place, Rollup rollup, long nanos) {
    Set<String> found = new HashSet<>();
    String query = "SELECT * FROM " + place.from() + at(place, rollup, nanos) + " GROUP BY *";
    for (InfluxServer.Series series : server.query(query)) {
      for (List<@Nullable Object> row : series.rows()) {
        for (int i = 0; i < row.size(); i++) {
          String column = series.columns().get(i);
          if (row.get(i) != null && !column.equals("time") && !RollupPoint.isOwn(column)) {
            found.add(column);
          }
        }
      }
    }
    return found;
  }

  private static String at(Place place, Rollup rollup, long nanos) {
    String tag = place.entityTag();
    return " WHERE "
        + of(rollup.run())
        + (tag == null
            ? ""
            : " AND "
                + Influxql.name(tag)
                + " = "
                + Influxql.literal(TagText.encode(rollup.entity())))
        + " AND time = "
        + nanos;
  }

  /** A point's fields add up over its writes: one that has lost a value must go first. */
  private void delete(Place place, Rollup rollup, long nanos) {
    lines.flush();
    server
        .attempt("DELETE FROM " + Influxql.name(place.measurement()) + at(place, rollup, nanos))
        .ifPresent(
            reason -> {
              staleFields++;
              complaints.tell(
                  "stale",
                  settings
                      + " cannot delete ("
                      + reason
                      + "): a corrected window of run "
                      + rollup.run().id()
                      + " keeps a value that is no longer its own");
            });
  }

  private void forgetOld(Set<Table> touched) {
    for (Table table : touched) {
      KnownPoints known = tables.get(table);
      if (known != null) {
        known.forgetOld();
      }
    }
    long points = tables.values().stream().mapToLong(KnownPoints::size).sum();
    var eldest = tables.entrySet().iterator();
    while (eldest.hasNext() && (points > MOST_POINTS || tables.size() > MOST_RUNS)) {
      Map.Entry<Table, KnownPoints> one = eldest.next();
      if (!touched.contains(one.getKey())) {
        points -= one.getValue().size();
        eldest.remove();
      }
    }
    if (shapes.size() > 10 * NAMES) {
      shapes.clear();
    }
  }
}
