// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import static java.util.stream.Collectors.toSet;

import io.plimsoll.wire.Accumulators;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.QueryPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The SQL executions of one process, at most {@value #MOST_QUERIES}: those whose ids come first, so
 * that the same are kept in whatever order they are told. A metric is kept as the highest total
 * that was told of it. Not thread-safe.
 */
final class QueryFold {
  static final int MOST_QUERIES = 256;
  static final int MOST_VALUES = 50_000;

  private static final class Query {
    private @Nullable Told started;
    private @Nullable Told changed;
    private @Nullable Told ended;
  }

  private final TreeMap<Long, Query> queries = new TreeMap<>();
  private final TreeMap<Long, Long> values = new TreeMap<>();
  private long startedCount;

  /** Plans by their text, which is long; only of the queries that are kept. */
  private final Map<String, QueryPlan> parsed = new HashMap<>();

  void started(Told told) {
    startedCount++;
    Query query = query(told);
    if (query != null) {
      query.started = later(query.started, slim(told));
    }
  }

  void changed(Told told) {
    Query query = query(told);
    if (query != null) {
      query.changed = later(query.changed, slim(told));
    }
  }

  void ended(Told told) {
    Query query = query(told);
    if (query != null) {
      query.ended = later(query.ended, slim(told));
    }
  }

  /** Takes the metrics that an event tells. */
  void measured(EngineEvent event) {
    String text = event.text(EventText.ACCUMULATORS);
    if (text != null) {
      Accumulators.parse(text).forEach(this::value);
    }
  }

  void addAll(QueryFold other) {
    startedCount += other.startedCount;
    other.queries.forEach(
        (id, theirs) -> {
          Query query = query(id);
          if (query != null) {
            query.started = later(query.started, theirs.started);
            query.changed = later(query.changed, theirs.changed);
            query.ended = later(query.ended, theirs.ended);
          }
        });
    other.values.forEach(this::value);
  }

  boolean isEmpty() {
    return startedCount == 0 && queries.isEmpty() && values.isEmpty();
  }

  long cutCount() {
    long kept = queries.values().stream().filter(query -> query.started != null).count();
    return Math.max(0, startedCount - kept);
  }

  List<QueryProfile> profiles() {
    List<QueryProfile> profiles = new ArrayList<>();
    queries.forEach((id, query) -> profiles.add(profile(id, query)));
    parsed.keySet().retainAll(profiles.stream().map(each -> text(each.id())).collect(toSet()));
    return profiles;
  }

  private QueryProfile profile(long id, Query query) {
    QueryPlan plan = parsed.computeIfAbsent(text(id), QueryPlan::parse);
    SortedMap<Long, Long> known = new TreeMap<>();
    for (QueryPlan.Node node : plan.nodes()) {
      for (QueryPlan.Metric metric : node.metrics()) {
        Long value = values.get(metric.id());
        if (value != null) {
          known.put(metric.id(), value);
        }
      }
    }
    String description =
        query.started == null ? null : query.started.event().text(EventText.DESCRIPTION);
    return new QueryProfile(
        id,
        description == null ? "" : description,
        query.started == null ? -1 : query.started.event().epochMillis(),
        query.ended == null ? -1 : query.ended.event().epochMillis(),
        query.ended == null ? null : query.ended.event().text(EventText.REASON),
        plan,
        query.changed != null,
        known);
  }

  /** The latest plan's text; empty where none was told. */
  private String text(long id) {
    Query query = queries.get(id);
    if (query == null) {
      return "";
    }
    Told told = query.changed == null ? query.started : query.changed;
    String plan = told == null ? null : told.event().text(EventText.PLAN);
    return plan == null ? "" : plan;
  }

  void write(FoldOutput out) {
    out.number(startedCount);
    out.number(values.size());
    values.forEach(
        (id, value) -> {
          out.signed(id);
          out.signed(value);
        });
    out.number(queries.size());
    queries.forEach(
        (id, query) -> {
          out.signed(id);
          write(out, query.started);
          write(out, query.changed);
          write(out, query.ended);
        });
  }

  void read(FoldInput in) {
    startedCount = in.number();
    int valueCount = in.count();
    for (int i = 0; i < valueCount; i++) {
      value(in.signed(), in.signed());
    }
    int queryCount = in.count();
    for (int i = 0; i < queryCount; i++) {
      Query query = new Query();
      queries.put(in.signed(), query);
      query.started = readTold(in);
      query.changed = readTold(in);
      query.ended = readTold(in);
    }
  }

  private static void write(FoldOutput out, @Nullable Told told) {
    out.flag(told != null);
    if (told != null) {
      told.write(out);
    }
  }

  private static @Nullable Told readTold(FoldInput in) {
    return in.flag() ? Told.read(in) : null;
  }

  private @Nullable Query query(Told told) {
    return query(told.event().number(EventNumber.SQL_EXECUTION, -1));
  }

  /** Null when the query is beyond the bound. */
  private @Nullable Query query(long id) {
    queries.computeIfAbsent(id, any -> new Query());
    if (queries.size() > MOST_QUERIES) {
      queries.pollLastEntry();
    }
    return queries.get(id);
  }

  private void value(long id, long value) {
    values.merge(id, value, Math::max);
    if (values.size() > MOST_VALUES) {
      values.pollLastEntry();
    }
  }

  private static @Nullable Told later(@Nullable Told one, @Nullable Told other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.later(other);
  }

  /** Without what only people read. */
  private static Told slim(Told told) {
    EngineEvent event = told.event();
    EngineEvent.Builder slim = EngineEvent.builder(event.kind(), event.epochMillis());
    event.numbers().forEach(slim::put);
    event
        .texts()
        .forEach(
            (field, text) -> {
              if (field != EventText.DETAILS && field != EventText.PLAN_DESCRIPTION) {
                slim.put(field, text);
              }
            });
    return new Told(told.order(), slim.build());
  }
}
