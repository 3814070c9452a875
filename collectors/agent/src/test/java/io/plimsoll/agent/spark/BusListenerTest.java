// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.agent.emit.Outbox;
import io.plimsoll.agent.emit.Outboxes;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Role;
import io.plimsoll.wire.secret.Redaction;
import java.lang.reflect.Proxy;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The listener on stand-ins that have the members of Spark's events. */
class BusListenerTest {
  private final Outbox outbox = new Outbox();
  private final BusListener listener = new BusListener(outbox, new SparkEvents("4.0.1"));
  private final Callbacks callbacks =
      (Callbacks)
          Proxy.newProxyInstance(
              BusListenerTest.class.getClassLoader(), new Class<?>[] {Callbacks.class}, listener);

  @Test
  void theStartOfTheApplicationIsTold() {
    callbacks.onApplicationStart(new AppStart(5, "orders", "me"));
    EngineEvent event = only();
    assertThat(event.kind()).isEqualTo(EventKind.APPLICATION_STARTED);
    assertThat(event.epochMillis()).isEqualTo(5);
    assertThat(event.text(EventText.APPLICATION_NAME)).isEqualTo("orders");
    assertThat(event.text(EventText.ENGINE)).isEqualTo("spark");
    assertThat(event.text(EventText.ENGINE_VERSION)).isEqualTo("4.0.1");
    assertThat(event.text(EventText.USER)).isEqualTo("me");
  }

  @Test
  void theEndOfTheApplicationIsRemembered() {
    assertThat(listener.isEnded()).isFalse();
    callbacks.onApplicationEnd(new At(9));
    assertThat(listener.isEnded()).isTrue();
    assertThat(only().kind()).isEqualTo(EventKind.APPLICATION_ENDED);
  }

  @Test
  void aListenerThatIsOffReadsNothing() {
    AtomicBoolean off = new AtomicBoolean();
    Callbacks other =
        (Callbacks)
            Proxy.newProxyInstance(
                BusListenerTest.class.getClassLoader(),
                new Class<?>[] {Callbacks.class},
                new BusListener(outbox, new SparkEvents("4.0.1"), off));
    off.set(true);
    other.onApplicationStart(new AppStart(5, "orders", "me"));
    assertThat(Outboxes.events(outbox)).isEmpty();
  }

  @Test
  void aJobTellsItsStagesAndItsQuery() {
    Properties properties = new Properties();
    properties.setProperty("spark.sql.execution.id", "17");
    properties.setProperty("spark.job.description", "load jdbc:x://u:hunter2@h/db");
    callbacks.onJobStart(new JobStart(3, 8, new Seq(4, 5), properties));
    EngineEvent event = only();
    assertThat(event.number(EventNumber.JOB_ID, -1)).isEqualTo(3);
    assertThat(event.number(EventNumber.SQL_EXECUTION, -1)).isEqualTo(17);
    assertThat(event.text(EventText.STAGE_IDS)).isEqualTo("4,5");
    assertThat(event.text(EventText.DESCRIPTION))
        .isEqualTo("load jdbc:x://" + Redaction.REDACTED + "@h/db");
  }

  @Test
  void aStageTellsItsTimesAndWhyItFailed() {
    callbacks.onStageCompleted(
        new StageEnd(
            new StageInfo(
                4,
                1,
                200,
                "map at A.java:3",
                new Seq(1, 2),
                new Some(100L),
                new Some(150L),
                new Some("Job aborted: token=hunter2\n\tat x"))));
    EngineEvent event = only();
    assertThat(event.kind()).isEqualTo(EventKind.STAGE_COMPLETED);
    assertThat(event.epochMillis()).isEqualTo(150);
    assertThat(event.number(EventNumber.STAGE_ID, -1)).isEqualTo(4);
    assertThat(event.number(EventNumber.STAGE_ATTEMPT, -1)).isEqualTo(1);
    assertThat(event.number(EventNumber.TASK_COUNT, -1)).isEqualTo(200);
    assertThat(event.number(EventNumber.SUBMITTED_MILLIS, -1)).isEqualTo(100);
    assertThat(event.number(EventNumber.COMPLETED_MILLIS, -1)).isEqualTo(150);
    assertThat(event.text(EventText.PARENT_IDS)).isEqualTo("1,2");
    assertThat(event.text(EventText.REASON)).isEqualTo("Job aborted: token=" + Redaction.REDACTED);
  }

  @Test
  void aTaskEndTellsWhatSparkMeasured() {
    callbacks.onTaskEnd(
        new TaskEnd(4, 1, new Success(), new TaskInfo(42, 6, 2, 10, 99, "3", "h", true), null));
    EngineEvent event = only();
    assertThat(event.kind()).isEqualTo(EventKind.TASK_ENDED);
    assertThat(event.epochMillis()).isEqualTo(99);
    assertThat(event.text(EventText.OUTCOME)).isEqualTo("SUCCEEDED");
    assertThat(event.text(EventText.EXECUTOR_ID)).isEqualTo("3");
    assertThat(event.number(EventNumber.TASK_ID, -1)).isEqualTo(42);
    assertThat(event.number(EventNumber.PARTITION, -1)).isEqualTo(6);
    assertThat(event.number(EventNumber.ATTEMPT_NUMBER, -1)).isEqualTo(2);
    assertThat(event.number(EventNumber.LAUNCHED_MILLIS, -1)).isEqualTo(10);
    assertThat(event.number(EventNumber.SPECULATIVE, -1)).isEqualTo(1);
    assertThat(event.has(EventNumber.RUN_TIME_MILLIS)).isFalse();
    assertThat(event.text(EventText.REASON)).isNull();
  }

  @Test
  void outcomesAreToldByTheReason() {
    assertThat(TaskEnds.outcomeOf(new Success()).name()).isEqualTo("SUCCEEDED");
    assertThat(TaskEnds.outcomeOf(null).name()).isEqualTo("UNKNOWN");
    assertThat(TaskEnds.outcomeOf(new ExceptionFailure()).name()).isEqualTo("FAILED");
    callbacks.onTaskEnd(
        new TaskEnd(
            4, 1, new ExceptionFailure(), new TaskInfo(42, 6, 2, 10, 99, "3", "h", false), null));
    assertThat(only().text(EventText.REASON))
        .isEqualTo("BusListenerTest$ExceptionFailure: java.io.IOException: no");
  }

  @Test
  void theConfigurationLosesItsSecrets() {
    callbacks.onEnvironmentUpdate(
        new Environment(
            new Seq(
                new Pair(
                    "Spark Properties",
                    new Seq(
                        new Pair("spark.executor.memory", "7g"),
                        new Pair("spark.my.password", "hunter2"),
                        new Pair("spark.redaction.regex", "customer"),
                        new Pair("spark.customer", "ACME"),
                        new Pair("spark.executor.extraJavaOptions", "-Xss1m -Dp.token=hunter2"))),
                new Pair("System Properties", new Seq(new Pair("user.home", "/root"))),
                new Pair("JVM Information", new Seq(new Pair("Java Version", "17.0.15"))))));
    EngineEvent event = only();
    assertThat(event.properties())
        .containsEntry("spark.executor.memory", "7g")
        .containsEntry("spark.my.password", Redaction.REDACTED)
        .containsEntry("spark.customer", Redaction.REDACTED)
        .containsEntry("spark.executor.extraJavaOptions", "-Xss1m -Dp.token=" + Redaction.REDACTED)
        .containsEntry("Java Version", "17.0.15")
        .doesNotContainKey("user.home");
    assertThat(event.toString()).doesNotContain("hunter2").doesNotContain("ACME");
  }

  @Test
  void whatTheWireDoesNotCarryIsIgnored() {
    callbacks.onOtherEvent(new Object());
    assertThat(Outboxes.events(outbox)).isEmpty();
    assertThat(Outboxes.lostEvents(outbox)).isZero();
  }

  @Test
  void anEventThatCannotBeReadIsCountedAndNeverThrown() {
    callbacks.onJobStart(new Throwing());
    assertThat(Outboxes.events(outbox)).hasSize(1);
    callbacks.onStageSubmitted(new BrokenStage());
    assertThat(Outboxes.lostEvents(outbox)).isEqualTo(1);
  }

  @Test
  @SuppressWarnings("SelfAssertion")
  void theProxyIsAnObjectLikeOthers() {
    assertThat(callbacks.equals(callbacks)).isTrue();
    assertThat(callbacks.equals(new Object())).isFalse();
    assertThat(callbacks.hashCode()).isEqualTo(System.identityHashCode(callbacks));
    assertThat(callbacks).hasToString("PlimsollListener");
  }

  @Test
  void aSecondApplicationInTheJvmIsAProcessOfItsOwn() {
    ProcessIdentity jvm =
        ProcessIdentity.builder(new UUID(1, 2)).host("h", "b").pid(7, 8).cluster("c").build();
    ProcessIdentity first = DriverWatch.driverOf(jvm, "app-1", 0);
    assertThat(first.process()).isEqualTo(jvm.process());
    assertThat(first.role()).isEqualTo(Role.DRIVER);
    assertThat(first.application()).isEqualTo("app-1");
    ProcessIdentity second = DriverWatch.driverOf(first, "app-2", 1);
    assertThat(second.process()).isNotEqualTo(jvm.process());
    assertThat(second.host()).isEqualTo("h");
    assertThat(second.pid()).isEqualTo(7);
    assertThat(second.application()).isEqualTo("app-2");
    assertThat(second.applicationAttempt()).isEqualTo(1);
  }

  private EngineEvent only() {
    List<EngineEvent> events = Outboxes.events(outbox);
    assertThat(events).hasSize(1);
    return events.get(0);
  }

  interface Callbacks {
    void onApplicationStart(Object event);

    void onApplicationEnd(Object event);

    void onJobStart(Object event);

    void onStageSubmitted(Object event);

    void onStageCompleted(Object event);

    void onTaskEnd(Object event);

    void onEnvironmentUpdate(Object event);

    void onOtherEvent(Object event);
  }

  record AppStart(long time, String appName, String sparkUser) {}

  record At(long time) {}

  record JobStart(int jobId, long time, Seq stageIds, Properties properties) {}

  record StageEnd(StageInfo stageInfo) {}

  record StageInfo(
      int stageId,
      int attemptNumber,
      int numTasks,
      String name,
      Seq parentIds,
      Some submissionTime,
      Some completionTime,
      Some failureReason) {}

  record TaskEnd(
      int stageId, int stageAttemptId, Object reason, TaskInfo taskInfo, Object taskMetrics) {}

  record TaskInfo(
      long taskId,
      int partitionId,
      int attemptNumber,
      long launchTime,
      long finishTime,
      String executorId,
      String host,
      boolean speculative) {}

  record Environment(Seq environmentDetails) {}

  record Pair(Object _1, Object _2) {}

  record ExceptionFailure() {
    String toErrorString() {
      return "java.io.IOException: no\n\tat somewhere";
    }
  }

  /** An option that has a content. */
  record Some(Object content) {
    boolean isDefined() {
      return true;
    }

    Object get() {
      return content;
    }
  }

  /** A sequence with Scala's iterator. */
  static final class Seq {
    private final List<Object> elements;

    Seq(Object... elements) {
      this.elements = List.of(elements);
    }

    Iterator<Object> iterator() {
      return elements.iterator();
    }
  }

  static final class Throwing {
    int jobId() {
      throw new IllegalStateException("planted");
    }
  }

  static final class BrokenStage {
    Object stageInfo() {
      return new Object() {
        @SuppressWarnings("unused")
        Object name() {
          return new Object() {
            @Override
            public String toString() {
              throw new IllegalStateException("planted");
            }
          };
        }
      };
    }
  }
}

/** Named like Spark's own object of a successful end. */
final class Success {}
