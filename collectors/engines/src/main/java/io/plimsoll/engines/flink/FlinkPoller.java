// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.MetricKey;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Asks one JobManager of all its jobs, round by round, and sends what is new. A round is bounded in
 * requests; a JobManager that is slow or away is asked less often. One thread at a time may poll.
 */
public final class FlinkPoller implements AutoCloseable {
  private static final int MAX_SLOWNESS = 5;
  private static final int MAX_ENDED = 10_000;
  private static final int MAX_TASK_MANAGERS = 500;

  private final String cluster;
  private final FlinkSource rest;
  private final PollSettings settings;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Consumer<Envelope> sink;
  private final String reading;
  private final Map<String, PolledJob> jobs = new LinkedHashMap<>();
  private final Set<String> ended =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > MAX_ENDED;
            }
          });
  private final CountDownLatch closed = new CountDownLatch(1);
  private int slowness;
  private int requestsLeft;
  private long lastAnswerMillis;
  private int rotation;

  /**
   * A poller that has not asked yet.
   *
   * @param cluster tells clusters apart; part of each run's identity
   * @param rest such as {@code http://127.0.0.1:8081}
   * @param sink takes the envelopes, in the polling thread
   */
  public FlinkPoller(
      String cluster, URI rest, PollSettings settings, Clock clock, Consumer<Envelope> sink) {
    this(
        cluster,
        new FlinkRest(rest, settings.timeout(), settings.maxAnswerBytes()),
        settings,
        clock,
        System::nanoTime,
        sink);
  }

  FlinkPoller(
      String cluster,
      FlinkSource rest,
      PollSettings settings,
      Clock clock,
      LongSupplier nanoTime,
      Consumer<Envelope> sink) {
    this.cluster = cluster;
    this.rest = rest;
    this.settings = settings;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.sink = sink;
    lastAnswerMillis = clock.millis();
    reading = "rest " + lastAnswerMillis;
  }

  /** Polls until it is closed, or until nobody has answered for the given time. */
  void run(Duration patience) {
    try {
      boolean goOn = true;
      while (goOn) {
        poll();
        goOn =
            clock.millis() - lastAnswerMillis < patience.toMillis()
                && !closed.await(delay().toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends {@code run} before its next round. */
  @Override
  public void close() {
    closed.countDown();
  }

  /** How long to wait before the next round. */
  Duration delay() {
    return settings.interval().multipliedBy(1L << slowness);
  }

  /** One round. True when all of it was answered. */
  boolean poll() {
    long begin = nanoTime.getAsLong();
    requestsLeft = settings.requestsPerRound();
    boolean whole;
    try {
      round();
      whole = true;
    } catch (FlinkSourceException e) {
      whole = e.reason() == FlinkSourceException.Reason.BUDGET;
    }
    long took = nanoTime.getAsLong() - begin;
    boolean slow = !whole || took > settings.interval().toNanos() / 2;
    slowness = slow ? Math.min(MAX_SLOWNESS, slowness + 1) : 0;
    return whole;
  }

  private JsonNode ask(String path) throws FlinkSourceException {
    if (requestsLeft <= 0) {
      throw new FlinkSourceException(
          FlinkSourceException.Reason.BUDGET,
          "the " + settings.requestsPerRound() + " requests of this round are used up");
    }
    if (closed.getCount() == 0) {
      throw new FlinkSourceException(FlinkSourceException.Reason.UNREACHABLE, "closed");
    }
    requestsLeft--;
    JsonNode answer = rest.get(path);
    lastAnswerMillis = clock.millis();
    return answer;
  }

  private void round() throws FlinkSourceException {
    addJobs(ask("/jobs/overview"));
    if (jobs.isEmpty()) {
      return;
    }
    List<EngineEvent> taskManagers = new ArrayList<>();
    Map<String, Map<MetricKey, Long>> processes = processes(taskManagers);
    List<String> order = new ArrayList<>(jobs.keySet());
    Collections.rotate(order, -(rotation % order.size()));
    for (String id : order) {
      PolledJob job = jobs.get(id);
      if (job == null) {
        continue;
      }
      try {
        job.poll(processes, taskManagers, clock.millis());
      } finally {
        rotation++;
        if (job.isDone()) {
          jobs.remove(id);
          ended.add(id);
        }
      }
    }
    rotation = 0;
  }

  private void addJobs(JsonNode overview) {
    Set<String> there = new HashSet<>();
    for (JsonNode job : overview.path("jobs")) {
      String id = job.path("jid").asText("");
      if (!FlinkJobReader.isId(id)) {
        continue;
      }
      there.add(id);
      if (!ended.contains(id) && !jobs.containsKey(id)) {
        long start = Math.max(0, Json.orMinusOne(job.path("start-time")));
        JobEnvelopes envelopes = new JobEnvelopes(cluster, id, reading, start);
        String name = job.path("name").asText("");
        jobs.put(id, new PolledJob(this::ask, id, name, envelopes, sink, settings));
      }
    }
    // A job that a JobManager forgot is no longer asked for; after a failover it is listed again.
    if (overview.path("jobs").isArray() && there.size() > 0) {
      jobs.keySet().retainAll(there);
    }
  }

  /** The JobManager's values under the empty name, the TaskManagers' under their ids. */
  private Map<String, Map<MetricKey, Long>> processes(List<EngineEvent> events)
      throws FlinkSourceException {
    Map<String, Map<MetricKey, Long>> processes = new HashMap<>();
    processes.put("", process("/jobmanager/metrics", ""));
    Set<String> used = new HashSet<>();
    jobs.values().forEach(job -> used.addAll(job.taskManagers()));
    for (JsonNode taskManager : usable("/taskmanagers").path("taskmanagers")) {
      String id = taskManager.path("id").asText("");
      if (id.isEmpty() || id.length() > 200 || events.size() >= MAX_TASK_MANAGERS) {
        continue;
      }
      events.add(taskManager(id, taskManager));
      if (used.contains(id)) {
        String encoded = java.net.URLEncoder.encode(id, java.nio.charset.StandardCharsets.UTF_8);
        processes.put(id, process("/taskmanagers/" + encoded + "/metrics", id));
      }
    }
    return processes;
  }

  private Map<MetricKey, Long> process(String path, String instance) throws FlinkSourceException {
    Map<MetricKey, Long> values = new TreeMap<>();
    MetricNames.process(usable(path + MetricNames.PROCESS_QUERY), instance, values);
    return values;
  }

  private JsonNode usable(String path) throws FlinkSourceException {
    try {
      return ask(path);
    } catch (FlinkSourceException e) {
      if (e.endsTheRound()) {
        throw e;
      }
      // The jobs' own answers are worth more than the processes': absent numbers say the rest.
      return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }
  }

  private EngineEvent taskManager(String id, JsonNode node) {
    EngineEvent.Builder event =
        EngineEvent.builder(EventKind.FLINK_TASK_MANAGER, clock.millis())
            .put(EventText.TASK_MANAGER_ID, id);
    Json.put(event, EventNumber.SLOTS, node.path("slotsNumber"));
    Json.put(event, EventNumber.FREE_SLOTS, node.path("freeSlots"));
    Json.put(event, EventNumber.CORES, node.path("hardware").path("cpuCores"));
    Json.put(
        event, EventNumber.PHYSICAL_MEMORY_BYTES, node.path("hardware").path("physicalMemory"));
    JsonNode plan = node.path("memoryConfiguration");
    Json.put(event, EventNumber.MANAGED_MEMORY_BYTES, plan.path("managedMemory"));
    Json.put(event, EventNumber.NETWORK_MEMORY_BYTES, plan.path("networkMemory"));
    Json.put(event, EventNumber.TASK_HEAP_BYTES, plan.path("taskHeap"));
    Json.put(event, EventNumber.FRAMEWORK_HEAP_BYTES, plan.path("frameworkHeap"));
    Json.put(event, EventNumber.TASK_OFF_HEAP_BYTES, plan.path("taskOffHeap"));
    Json.put(event, EventNumber.FRAMEWORK_OFF_HEAP_BYTES, plan.path("frameworkOffHeap"));
    Json.put(event, EventNumber.METASPACE_BYTES, plan.path("jvmMetaspace"));
    Json.put(event, EventNumber.JVM_OVERHEAD_BYTES, plan.path("jvmOverhead"));
    Json.put(event, EventNumber.TOTAL_FLINK_BYTES, plan.path("totalFlinkMemory"));
    Json.put(event, EventNumber.TOTAL_PROCESS_BYTES, plan.path("totalProcessMemory"));
    return event.build();
  }
}
