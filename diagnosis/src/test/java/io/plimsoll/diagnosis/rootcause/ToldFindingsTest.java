// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.rootcause;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.finding.Impact;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.profile.RunDetails;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventText;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rules over links that a log of Spark has not: Flink's operators, hosts, what is around a run. */
class ToldFindingsTest {
  private static Finding fired(String point, String component, Severity severity) {
    return told(point, component, FindingState.FIRED, severity, 0.9);
  }

  private static Finding unlooked(String point, String component) {
    return told(point, component, FindingState.NOT_EVALUATED, Severity.NONE, 1);
  }

  private static Finding told(
      String point, String component, FindingState state, Severity severity, double confidence) {
    return new Finding(
        point,
        component,
        state,
        severity,
        confidence,
        Impact.NONE,
        "",
        List.of(),
        List.of(),
        point + " on " + component,
        state == FindingState.FIRED ? "mend it" : "");
  }

  private static RunProfile flink(String... edges) {
    List<EngineEvent> facts = new ArrayList<>();
    for (String edge : edges) {
      facts.add(
          EngineEvent.builder(EventKind.FLINK_EDGE, 1_000)
              .put(EventText.SOURCE_VERTEX_ID, edge.substring(0, 1))
              .put(EventText.VERTEX_ID, edge.substring(1))
              .build());
    }
    return run("flink", facts);
  }

  private static RunProfile run(String engine, List<EngineEvent> facts) {
    return new RunProfile(
        new RunKey("c", "job", 0),
        "job",
        engine,
        "2",
        1_000,
        601_000,
        true,
        new TreeMap<>(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new RunDetails(List.of(), 0, facts));
  }

  private static List<String> kinds(RootCauses causes) {
    return causes.causes().stream().map(RootCause::kind).toList();
  }

  @Test
  void unevenKeys_explainBackPressureBeforeThemAndSlowCheckpoints() {
    RootCauses causes =
        RootCauseSearch.of(
            flink("ab", "bc"),
            List.of(
                fired("flink.back-pressure", "vertex:a", Severity.CRITICAL),
                fired("flink.back-pressure", "vertex:b", Severity.SEVERE),
                fired("flink.back-pressure-root", "vertex:c", Severity.SEVERE),
                fired("flink.key-skew", "vertex:c", Severity.SEVERE),
                fired("flink.checkpoint-slow", "run", Severity.MODERATE)));

    assertThat(kinds(causes)).containsExactly("key-skew");
    assertThat(causes.causes().get(0).component()).isEqualTo("vertex:c");
    assertThat(causes.explainedAway())
        .extracting(RootCauses.ExplainedAway::point)
        .contains("flink.back-pressure", "flink.back-pressure-root", "flink.checkpoint-slow");
  }

  @Test
  void busyOperatorElsewhere_doesNotExplainBackPressureThatIsNotBeforeIt() {
    RootCauses causes =
        RootCauseSearch.of(
            flink("ab", "cd"),
            List.of(
                fired("flink.back-pressure", "vertex:a", Severity.SEVERE),
                fired("flink.busy", "vertex:b", Severity.SEVERE),
                fired("flink.busy", "vertex:d", Severity.MODERATE)));

    assertThat(causes.causes()).isNotEmpty();
    assertThat(causes.causes().get(0).component()).isEqualTo("vertex:b");
    assertThat(causes.causes().get(0).explains())
        .contains(new RootCause.Related("flink.back-pressure", "vertex:a"));
  }

  @Test
  void heapOfTaskManagers_explainsOutOfMemoryAndRestarts() {
    RootCauses causes =
        RootCauseSearch.of(
            flink(),
            List.of(
                fired("flink.gc", "taskmanager:t1", Severity.CRITICAL),
                fired("flink.out-of-memory", "run", Severity.MODERATE),
                fired("flink.heartbeats", "run", Severity.MODERATE),
                fired("flink.restarts", "run", Severity.SEVERE)));

    assertThat(kinds(causes)).containsExactly("flink-memory");
    assertThat(causes.causes().get(0).path())
        .first()
        .extracting(RootCause.Step::what)
        .isEqualTo("the run was unsteady");
  }

  @Test
  void restartsThatNothingExplains_areBlamedOnNobody() {
    RootCauses causes =
        RootCauseSearch.of(
            flink(),
            List.of(
                fired("flink.restarts", "run", Severity.CRITICAL),
                unlooked("flink.gc", "TaskManagers")));

    assertThat(causes.causes()).isEmpty();
    assertThat(causes.isAbstained()).isTrue();
  }

  @Test
  void idleTaskManagers_areWasteAndNoCause() {
    RootCauses causes =
        RootCauseSearch.of(
            flink(),
            List.of(
                fired("flink.cpu-low", "taskmanager:t1", Severity.CRITICAL),
                fired("flink.heap-spare", "taskmanager:t1", Severity.CRITICAL),
                fired("flink.idle-taskmanager", "taskmanager:t1", Severity.CRITICAL)));

    assertThat(causes.causes()).isEmpty();
    assertThat(causes.isAbstained()).isFalse();
  }

  @Test
  void slowStorageByItself_isNoCauseOfARunThatIsWell() {
    RootCauses causes =
        RootCauseSearch.of(
            run("spark", List.of()),
            List.of(
                fired("hdfs.rpc-queue", "namenode:nn", Severity.CRITICAL),
                fired("kafka.busy-broker", "kafka-broker:k1", Severity.SEVERE)));

    assertThat(causes.causes()).isEmpty();
    assertThat(causes.isAbstained()).isFalse();
  }

  @Test
  void causeOfWhichHalfIsMissing_isOnlyAHint() {
    RootCauses causes =
        RootCauseSearch.of(
            run("spark", List.of()),
            List.of(
                told("executors.lost", "executors", FindingState.FIRED, Severity.CRITICAL, 0.4)));

    assertThat(causes.causes()).isEmpty();
    assertThat(causes.isAbstained()).isTrue();
    assertThat(causes.suspects()).extracting(RootCause::kind).containsExactly("executors-lost");
  }

  @Test
  void preemption_explainsLostExecutors() {
    RootCauses causes =
        RootCauseSearch.of(
            run("spark", List.of()),
            List.of(
                fired("executors.lost", "executors", Severity.SEVERE),
                fired("queue.preemption", "queue:root.a", Severity.SEVERE)));

    assertThat(kinds(causes)).containsExactly("queue");
    assertThat(causes.explainedAway())
        .extracting(RootCauses.ExplainedAway::point)
        .containsExactly("executors.lost");
  }

  @Test
  void killedForMemory_isPutDownToChildProcesses() {
    RootCauses causes =
        RootCauseSearch.of(
            run("spark", List.of()),
            List.of(
                fired("executors.lost", "executors", Severity.CRITICAL),
                fired("executors.killed-for-memory", "executors", Severity.MODERATE),
                fired("executor.child-memory", "executor:2", Severity.CRITICAL)));

    assertThat(kinds(causes)).containsExactly("outside-heap");
    assertThat(causes.causes().get(0).component()).isEqualTo("executor:2");
  }
}
