// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.yarn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.engines.component.Mutations;
import io.plimsoll.engines.component.SourceException;
import io.plimsoll.engines.http.BoundedHttp;
import io.plimsoll.engines.http.JsonAnswer;
import io.plimsoll.engines.yarn.ContainerEnd.Cause;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class YarnReadersTest {
  private static final String APPS =
      """
      {"apps": {"app": [
        {"id": "application_1_0001", "user": "ada", "name": "etl", "queue": "root.a",
         "state": "ACCEPTED", "finalStatus": "UNDEFINED", "startedTime": 1000, "finishedTime": 0,
         "launchTime": 0, "diagnostics": "waiting; password=hunter2", "allocatedMB": -1,
         "memorySeconds": 0},
        {"id": "application_1_0002", "state": "RUNNING", "finalStatus": "UNDEFINED",
         "startedTime": 1000, "launchTime": 3500, "finishedTime": 0, "allocatedMB": 2048,
         "allocatedVCores": 3, "runningContainers": 2, "memorySeconds": 77, "vcoreSeconds": 8,
         "preemptedResourceMB": 1024, "numNonAMContainerPreempted": 2,
         "numAMContainerPreempted": 1, "amContainerId": "container_1_0002_01_000001"}]}}
      """;

  private static final String SCHEDULER =
      """
      {"scheduler": {"schedulerInfo": {"type": "capacityScheduler", "capacity": 100.0,
        "usedCapacity": 50.0, "queueName": "root", "queues": {"queue": [
          {"queueName": "a", "absoluteCapacity": 25.5, "absoluteUsedCapacity": 30.0,
           "numApplications": 4, "numPendingApplications": 3, "pendingContainers": 9,
           "resourcesUsed": {"memory": 512, "vCores": 2},
           "queues": {"queue": [{"queueName": "b"}]}}]}}}}
      """;

  private static final String CONTAINERS =
      """
      {"containers": {"container": [
        {"id": "container_e17_1700000000000_0001_01_000002", "state": "RUNNING",
         "exitCode": -1000, "diagnostics": "", "totalMemoryNeededMB": 1024,
         "totalVCoresNeeded": 1, "user": "ada"}]}}
      """;

  private static final String ATTEMPTS =
      """
      {"appAttempts": {"appAttempt": [{"id": 1, "startTime": 5, "finishedTime": 9,
        "containerId": "container_1_0003_01_000001", "nodeId": "n:1", "appAttemptState": "FAILED",
        "diagnosticsInfo": "AM Container for appattempt_1_0003_000001 exited with exitCode: -104"}]}}
      """;

  @Test
  void applications_becomeEventsOnceAChange() throws Exception {
    Applications applications = new Applications();
    List<EngineEvent> events = new ArrayList<>();
    TreeMap<MetricKey, Long> values = new TreeMap<>();

    assertThat(applications.read(json(APPS), 61_000, events, values, 100)).isEmpty();
    assertThat(events).hasSize(2);
    EngineEvent waiting = events.get(0);
    assertThat(waiting.number(EventNumber.WAIT_MILLIS, -1)).isEqualTo(60_000);
    assertThat(waiting.has(EventNumber.ALLOCATED_BYTES)).isFalse();
    assertThat(waiting.text(EventText.DIAGNOSTICS)).doesNotContain("hunter2");
    EngineEvent running = events.get(1);
    assertThat(running.number(EventNumber.WAIT_MILLIS, -1)).isEqualTo(2_500);
    assertThat(running.number(EventNumber.PREEMPTED_CONTAINERS, -1)).isEqualTo(3);
    assertThat(running.number(EventNumber.ALLOCATED_BYTES, -1)).isEqualTo(2048L << 20);
    assertThat(values)
        .containsEntry(
            MetricKey.of(
                Metric.COMPONENT_TOTAL, "yarn.app.memory_seconds{application=application_1_0002}"),
            77L);
    events.clear();
    applications.read(json(APPS), 62_000, events, values, 100);
    assertThat(events).isEmpty();
    String ended = APPS.replace("\"RUNNING\"", "\"FAILED\"");
    assertThat(applications.read(json(ended), 63_000, events, values, 100))
        .containsExactly("application_1_0002");
    assertThat(events).hasSize(1);
  }

  @Test
  void queues_tellSharesAndWaitingWork() throws Exception {
    TreeMap<MetricKey, Long> values = new TreeMap<>();

    Queues.read(json(SCHEDULER), values, 1_000);

    assertThat(values)
        .containsEntry(milli("yarn.scheduler.used_milli{queue=root}"), 500L)
        .containsEntry(milli("yarn.scheduler.capacity_milli{queue=root.a}"), 255L)
        .containsEntry(level("yarn.scheduler.apps.waiting{queue=root.a}"), 3L)
        .containsEntry(level("yarn.scheduler.containers.waiting{queue=root.a}"), 9L)
        .containsEntry(
            MetricKey.of(Metric.COMPONENT_BYTES, "yarn.scheduler.memory.used{queue=root.a}"),
            512L << 20);
  }

  private static MetricKey milli(String instance) {
    return MetricKey.of(Metric.COMPONENT_LEVEL_MILLI, instance);
  }

  private static MetricKey level(String instance) {
    return MetricKey.of(Metric.COMPONENT_LEVEL, instance);
  }

  @Test
  void containers_startAndEnd() throws Exception {
    NodeManagerSource node = node();
    List<EngineEvent> events = new ArrayList<>();
    String killed =
        CONTAINERS
            .replace("RUNNING", "DONE")
            .replace("-1000", "-104")
            .replace(
                "\"diagnostics\": \"\"",
                "\"diagnostics\": \"Container [pid=9,containerID=c] is running 9B beyond the"
                    + " 'PHYSICAL' memory limit. Current usage: 1.9 GB of 1.5 GB physical memory"
                    + " used; 3.1 GB of 2.7 GB virtual memory used. Killing container.\"");

    node.take(json(CONTAINERS), 10, events);
    node.take(json(CONTAINERS), 20, events);
    node.take(json(killed), 30, events);
    node.take(json("{\"containers\": null}"), 40, events);

    assertThat(events)
        .extracting(EngineEvent::kind)
        .containsExactly(EventKind.CONTAINER_STATE, EventKind.CONTAINER_ENDED);
    EngineEvent end = events.get(1);
    assertThat(end.text(EventText.CAUSE)).isEqualTo("physical_memory");
    assertThat(end.text(EventText.APPLICATION_ID)).isEqualTo("application_1700000000000_0001");
    assertThat(end.text(EventText.HOST)).isEqualTo("nm-1");
    assertThat(end.number(EventNumber.EXIT_CODE, 0)).isEqualTo(-104);
    assertThat(end.number(EventNumber.LIMIT_BYTES, 0)).isEqualTo(3L << 29);
    assertThat(end.number(EventNumber.ALLOCATED_BYTES, 0)).isEqualTo(1L << 30);
  }

  @Test
  void aContainerThatVanished_endedForAnUnknownCause() throws Exception {
    NodeManagerSource node = node();
    List<EngineEvent> events = new ArrayList<>();

    node.take(json(CONTAINERS), 10, events);
    node.take(json("{\"containers\": {}}"), 20, events);

    assertThat(events.get(1).text(EventText.CAUSE)).isEqualTo("unknown");
  }

  @Test
  void endings_areToldFromCodesAndWords() {
    assertThat(ContainerEnd.of(-102, "").cause()).isEqualTo(Cause.PREEMPTED);
    assertThat(ContainerEnd.of(-100, "").cause()).isEqualTo(Cause.NODE_LOST);
    assertThat(ContainerEnd.of(137, "").cause()).isEqualTo(Cause.SIGKILL);
    assertThat(ContainerEnd.of(143, "x").cause()).isEqualTo(Cause.SIGTERM);
    assertThat(ContainerEnd.of(null, "exited with exitCode: -103 due to").cause())
        .isEqualTo(Cause.VIRTUAL_MEMORY);
    assertThat(ContainerEnd.of(137, "killed by the OOM killer").cause())
        .isEqualTo(Cause.OUT_OF_MEMORY);
    assertThat(ContainerEnd.of(null, "Container released on a *lost* node").cause())
        .isEqualTo(Cause.NODE_LOST);
    assertThat(ContainerEnd.of(13, "").cause()).isEqualTo(Cause.EXITED);
    assertThat(ContainerEnd.of(null, "").cause()).isEqualTo(Cause.UNKNOWN);
    assertThat(ContainerEnd.of(0, "").cause()).isEqualTo(Cause.SUCCESS);
  }

  @Test
  void attempts_areTheMastersEnds() throws Exception {
    List<EngineEvent> events = new ArrayList<>();

    ResourceManagerSource.attempts(json(ATTEMPTS), "application_1_0003", "", 50, events);

    assertThat(events).hasSize(1);
    assertThat(events.get(0).text(EventText.CAUSE)).isEqualTo("physical_memory");
    assertThat(events.get(0).epochMillis()).isEqualTo(9);
  }

  /** So does a ResourceManager of Hadoop 3.4: why an attempt ended stands at its application. */
  @Test
  void theWordsOfAnApplication_areThoseOfItsLastAttempt() throws Exception {
    List<EngineEvent> events = new ArrayList<>();
    String page =
        """
        {"appAttempts": {"appAttempt": [
          {"id": 2, "startTime": 7, "finishedTime": 9, "appAttemptState": "FAILED"},
          {"id": 1, "startTime": 5, "finishedTime": 6, "appAttemptState": "FAILED"}]}}
        """;

    ResourceManagerSource.attempts(
        json(page), "application_1_0003", "exited with  exitCode: 7", 50, events);

    assertThat(events)
        .extracting(event -> event.text(EventText.CAUSE))
        .containsExactly("exited", "unknown");
    assertThat(events.get(0).number(EventNumber.EXIT_CODE, 0)).isEqualTo(7);
  }

  @Test
  void aThousandMutationsOfEach_areReadOrRefused() {
    Random random = new Random(5);
    int read = 0;
    for (int i = 0; i < 1_000; i++) {
      for (String text : List.of(APPS, SCHEDULER, CONTAINERS, ATTEMPTS)) {
        try {
          JsonNode answer = JsonAnswer.read(Mutations.bytes(text, random), "here");
          List<EngineEvent> events = new ArrayList<>();
          TreeMap<MetricKey, Long> values = new TreeMap<>();
          new Applications().read(answer, 1, events, values, 1_000);
          Queues.read(answer, values, 1_000);
          node().take(answer, 1, events);
          ResourceManagerSource.attempts(answer, "a", "exit code 1", 1, events);
          ResourceManagerSource.cluster(answer, values);
          assertThat(values.size()).isLessThan(2_000);
          read++;
        } catch (SourceException e) {
          assertThat(e.code()).isEqualTo(SourceException.Code.BAD_ANSWER);
        }
      }
    }

    assertThat(read).isBetween(400, 3_900);
  }

  private static NodeManagerSource node() {
    return new NodeManagerSource(
        "c", URI.create("http://nm-1:8042/"), BoundedHttp.open(Duration.ofSeconds(1)));
  }

  private static JsonNode json(String text) throws SourceException {
    return JsonAnswer.read(text.getBytes(UTF_8), "here");
  }
}
