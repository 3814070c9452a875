// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.influx;

import io.plimsoll.profile.RollupValue;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Database, retention policies and continuous queries. They are made when they are missing and
 * brought to the settings when they differ; nothing else in the database is touched. A server
 * without such statements (3.x, parts of 2.x) is left as it is: docs/stores.md says what to create.
 */
final class InfluxSchema {
  /** How wide the windows of the history are. */
  static final Duration HISTORY_WINDOW = Duration.ofMinutes(5);

  private static final System.Logger logger = System.getLogger(InfluxSchema.class.getName());
  private static final String OWN_QUERIES = "plimsoll_";

  /** What a run's history keeps as sums: growths and integrals stay exact when they are added. */
  private static final List<String> SUMS =
      List.of(
          RollupValue.growth(MetricKey.of(Metric.PROCESS_CPU)),
          RollupValue.growth(MetricKey.of(Metric.CPU_GC)),
          RollupValue.growth(MetricKey.of(Metric.CPU_AGENT)),
          RollupValue.RESIDUAL_CPU,
          RollupValue.integral(MetricKey.of(Metric.RSS)),
          RollupValue.integral(MetricKey.of(Metric.HEAP_USED)),
          RollupValue.integral(MetricKey.of(Metric.HEAP_COMMITTED)),
          RollupValue.ATTEMPTS,
          RollupValue.ATTEMPTS_FAILED,
          RollupValue.ATTEMPTS_KILLED,
          RollupValue.ATTEMPT_CPU_DURING,
          RollupValue.ATTEMPT_ALLOCATED_DURING);

  /** What it keeps as highest levels. */
  private static final List<String> HIGHEST =
      List.of(
          RollupValue.max(MetricKey.of(Metric.RSS)),
          RollupValue.max(MetricKey.of(Metric.HEAP_USED)));

  private final InfluxSettings settings;
  private final InfluxServer server;

  InfluxSchema(InfluxSettings settings, InfluxServer server) {
    this.settings = settings;
    this.server = server;
  }

  /**
   * Makes what is missing.
   *
   * @throws io.plimsoll.store.StoreException when the server cannot be reached or refuses the user
   */
  void ensure() {
    Optional<String> refused =
        server.attempt("CREATE DATABASE " + Influxql.name(settings.database()));
    if (refused.isPresent()) {
      logger.log(
          System.Logger.Level.WARNING,
          settings
              + " creates no database ("
              + refused.get()
              + "); going on with what is there: docs/stores.md says what must be");
      return;
    }
    ensurePolicy(Place.PROCESSES, settings.keepProcesses(), Duration.ofDays(1));
    ensurePolicy(Place.RUNS, settings.keepRuns(), Duration.ofDays(1));
    ensurePolicy(Place.HISTORY, settings.keepHistory(), Duration.ofDays(7));
    ensureQuery();
  }

  /**
   * What makes the history of this time.
   *
   * @param during a condition on the time, empty inside a continuous query
   */
  static String historyOf(String database, String during) {
    List<String> columns = new ArrayList<>();
    SUMS.forEach(name -> columns.add(column("sum", name)));
    HIGHEST.forEach(name -> columns.add(column("max", name)));
    Function<String, String> place =
        policy -> Influxql.name(database) + "." + Influxql.name(policy) + ".\"plimsoll_run\"";
    return "SELECT "
        + String.join(", ", columns)
        + " INTO "
        + place.apply(Place.HISTORY)
        + " FROM "
        + place.apply(Place.RUNS)
        + (during.isEmpty() ? "" : " WHERE " + during)
        + " GROUP BY time("
        + HISTORY_WINDOW.toMinutes()
        + "m), *";
  }

  private static String column(String function, String name) {
    return function + "(" + Influxql.name(name) + ") AS " + Influxql.name(name);
  }

  private void ensurePolicy(String policy, Duration kept, Duration shard) {
    String duration = kept.isZero() ? "INF" : kept.toHours() + "h";
    Duration group = !kept.isZero() && kept.compareTo(shard) < 0 ? kept : shard;
    String rest =
        Influxql.name(policy)
            + " ON "
            + Influxql.name(settings.database())
            + " DURATION "
            + duration
            + " REPLICATION 1 SHARD DURATION "
            + group.toHours()
            + "h";
    if (server.attempt("CREATE RETENTION POLICY " + rest).isPresent()) {
      server
          .attempt("ALTER RETENTION POLICY " + rest)
          .ifPresent(
              reason ->
                  logger.log(
                      System.Logger.Level.WARNING,
                      settings
                          + " does not keep policy "
                          + policy
                          + " for "
                          + duration
                          + " ("
                          + reason
                          + "); create it as docs/stores.md says"));
    }
  }

  private void ensureQuery() {
    String select = historyOf(settings.database(), "");
    String name = OWN_QUERIES + String.format(Locale.ROOT, "%08x", select.hashCode());
    String on = " ON " + Influxql.name(settings.database());
    boolean there = false;
    for (InfluxServer.Series database : server.query("SHOW CONTINUOUS QUERIES")) {
      if (database.measurement().equals(settings.database())) {
        for (List<?> row : database.rows()) {
          String known = String.valueOf(row.get(0));
          there |= known.equals(name);
          if (known.startsWith(OWN_QUERIES) && !known.equals(name)) {
            server.attempt("DROP CONTINUOUS QUERY " + Influxql.name(known) + on);
          }
        }
      }
    }
    if (!there) {
      // Late data corrects windows for 15 minutes; each run of the query covers them again.
      server
          .attempt(
              "CREATE CONTINUOUS QUERY "
                  + Influxql.name(name)
                  + on
                  + " RESAMPLE EVERY 5m FOR 30m BEGIN "
                  + select
                  + " END")
          .ifPresent(
              reason ->
                  logger.log(
                      System.Logger.Level.WARNING,
                      settings
                          + " makes no history of runs ("
                          + reason
                          + "); docs/stores.md has a task for 2.x"));
    }
  }
}
