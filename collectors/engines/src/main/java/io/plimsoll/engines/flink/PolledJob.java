// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One job of a polled cluster: what was told of it, and what to ask next. */
final class PolledJob {
  private static final int ROUNDS_BETWEEN_LISTINGS = 6;
  private static final int MAX_VERTICES_FOR_DETAILS = 20;
  private static final int MAX_TRIES_AT_END = 5;

  /** How old a JobManager's answers may be that does not say; {@code web.refresh-interval}. */
  private static final long DEFAULT_ANSWER_AGE_MILLIS = 3_000;

  private static final long MAX_ANSWER_AGE_MILLIS = 300_000;
  static final String ROCKSDB_REMEDY =
      "turn on state.backend.rocksdb.metrics.cur-size-all-mem-tables,"
          + " state.backend.rocksdb.metrics.block-cache-usage and others of"
          + " state.backend.rocksdb.metrics.* (each is false by default)";

  private final FlinkSource source;
  private final String id;
  private final String name;
  private final JobEnvelopes envelopes;
  private final Consumer<Envelope> sink;
  private final PollSettings settings;
  private final Changes changes = new Changes();
  private final List<EngineEvent> pending = new ArrayList<>();
  private final Map<String, List<String>> queries = new HashMap<>();
  private final Map<String, String> taskManagerOf = new HashMap<>();
  private final Set<String> listed = new HashSet<>();
  private boolean configured;
  private boolean rocksDb;
  private boolean rocksDbMetrics;
  private int round;
  private int nextVertex;
  private int triesAtEnd;
  private long lastLookMillis = -1;
  private boolean done;

  PolledJob(
      FlinkSource source,
      String id,
      String name,
      JobEnvelopes envelopes,
      Consumer<Envelope> sink,
      PollSettings settings) {
    this.source = source;
    this.id = id;
    this.name = name;
    this.envelopes = envelopes;
    this.sink = sink;
    this.settings = settings;
  }

  boolean isDone() {
    return done;
  }

  /** Which TaskManagers the job's subtasks were last seen on. */
  Set<String> taskManagers() {
    return new HashSet<>(taskManagerOf.values());
  }

  /** Asks on; what was learnt is sent also when the round ends early. */
  void poll(Map<String, Map<MetricKey, Long>> processes, List<EngineEvent> cluster, long nowMillis)
      throws FlinkSourceException {
    Map<MetricKey, Long> values = new TreeMap<>();
    try {
      FlinkJobReader reader = new FlinkJobReader(source, id, this::take);
      FlinkJobReader.Shape shape = overview(reader);
      if (shape.isEnded()) {
        end(reader, shape, nowMillis);
      } else if (!shape.state().isEmpty()) {
        running(reader, shape, values);
      }
    } finally {
      Set<String> mine = taskManagers();
      for (EngineEvent event : cluster) {
        String taskManager = event.texts().getOrDefault(EventText.TASK_MANAGER_ID, "");
        if (mine.contains(taskManager)) {
          take(event);
        }
      }
      if (!done && !values.isEmpty()) {
        processes.forEach(
            (process, told) -> {
              if (process.isEmpty() || mine.contains(process)) {
                values.putAll(told);
              }
            });
        envelopes.sample(Sample.of(nowMillis, values), nowMillis, sink);
      }
      envelopes.events(List.copyOf(pending), nowMillis, sink);
      pending.clear();
    }
  }

  private FlinkJobReader.Shape overview(FlinkJobReader reader) throws FlinkSourceException {
    try {
      return reader.overview();
    } catch (FlinkSourceException e) {
      if (e.endsTheRound()) {
        throw e;
      }
      take(FlinkJobReader.incomplete(0, "/jobs/" + id, e));
      return new FlinkJobReader.Shape("", 0, 0, List.of());
    }
  }

  /**
   * Tells the end at once, since a JobManager of one application may be gone a moment later, and
   * looks again when the answers that it keeps for a while, checkpoints above all, have been made
   * anew.
   */
  private void end(FlinkJobReader reader, FlinkJobReader.Shape shape, long nowMillis)
      throws FlinkSourceException {
    boolean isTold = lastLookMillis >= 0;
    if (isTold && nowMillis < lastLookMillis) {
      return;
    }
    triesAtEnd++;
    try {
      reader.everything(shape, name);
    } catch (FlinkSourceException e) {
      if (triesAtEnd < MAX_TRIES_AT_END) {
        throw e;
      }
      take(FlinkJobReader.incomplete(shape.startMillis(), "/jobs/" + id, e));
    }
    if (isTold) {
      done = true;
    } else {
      reader.ended(shape.endMillis(), shape.state());
      triesAtEnd = 0;
      // Whatever becomes of the question: the end was told, and is not told again.
      lastLookMillis = nowMillis + 1 + DEFAULT_ANSWER_AGE_MILLIS;
      lastLookMillis = nowMillis + 1 + answerAgeMillis();
    }
  }

  private long answerAgeMillis() throws FlinkSourceException {
    long told = Json.orMinusOne(answer("/config").path("refresh-interval"));
    return told < 0 ? DEFAULT_ANSWER_AGE_MILLIS : Math.min(told, MAX_ANSWER_AGE_MILLIS);
  }

  private void running(
      FlinkJobReader reader, FlinkJobReader.Shape shape, Map<MetricKey, Long> values)
      throws FlinkSourceException {
    if (!configured) {
      reader.configuration(name);
      configured = true;
    }
    boolean details = shape.vertices().size() <= MAX_VERTICES_FOR_DETAILS;
    reader.checkpoints(shape.vertices(), details ? 1 : 0);
    reader.exceptions();
    restarts(values);
    boolean listing = round++ % ROUNDS_BETWEEN_LISTINGS == 0;
    if (listing) {
      listed.clear();
    }
    int count = shape.vertices().size();
    int first = count == 0 ? 0 : nextVertex % count;
    for (int i = 0; i < count; i++) {
      nextVertex = (first + i) % count;
      FlinkJobReader.Vertex vertex = shape.vertices().get(nextVertex);
      reader.subtasks(vertex, false);
      metrics(vertex, values);
    }
    nextVertex = 0;
    sayWhatIsNotEvaluated(shape);
  }

  private void restarts(Map<MetricKey, Long> values) throws FlinkSourceException {
    for (JsonNode pair : answer("/jobs/" + id + "/metrics?get=numRestarts")) {
      Json.number(pair.path("value").asText(""))
          .ifPresent(count -> values.put(MetricKey.of(Metric.FLINK_RESTARTS), count));
    }
  }

  private void metrics(FlinkJobReader.Vertex vertex, Map<MetricKey, Long> values)
      throws FlinkSourceException {
    String path = "/jobs/" + id + "/vertices/" + vertex.id() + "/metrics";
    if (listed.add(vertex.id()) || queries.getOrDefault(vertex.id(), List.of()).isEmpty()) {
      List<String> names = MetricNames.wanted(answer(path), settings.subtasksPerVertex());
      rocksDbMetrics |= MetricNames.anyRocksDb(names);
      queries.put(vertex.id(), MetricNames.queries(names));
    }
    for (String query : queries.getOrDefault(vertex.id(), List.of())) {
      MetricNames.subtasks(answer(path + query), vertex.id(), values);
    }
  }

  /** The answer to use; one that cannot be used is told as an event and counts as none. */
  private JsonNode answer(String path) throws FlinkSourceException {
    try {
      return source.get(path);
    } catch (FlinkSourceException e) {
      if (e.endsTheRound()) {
        throw e;
      }
      int query = path.indexOf('?');
      take(FlinkJobReader.incomplete(0, query < 0 ? path : path.substring(0, query), e));
      return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }
  }

  /**
   * Metrics show up some seconds after a job's start: nothing is said before the second listing.
   */
  private void sayWhatIsNotEvaluated(FlinkJobReader.Shape shape) {
    if (rocksDb && !rocksDbMetrics && round > ROUNDS_BETWEEN_LISTINGS) {
      take(
          EngineEvent.builder(EventKind.NOT_EVALUATED, shape.startMillis())
              .put(EventText.SUBJECT, "RocksDB")
              .put(EventText.REMEDY, ROCKSDB_REMEDY)
              .build());
    }
  }

  private void take(EngineEvent event) {
    String taskManager = event.text(EventText.TASK_MANAGER_ID);
    if (event.kind() == EventKind.FLINK_SUBTASK && taskManager != null) {
      taskManagerOf.put(
          event.text(EventText.VERTEX_ID)
              + "/"
              + event.number(io.plimsoll.wire.EventNumber.SUBTASK, 0),
          taskManager);
    }
    String backend = event.text(EventText.STATE_BACKEND);
    rocksDb |= backend != null && backend.contains("RocksDB");
    if (changes.isNews(event)) {
      pending.add(event);
    }
  }
}
