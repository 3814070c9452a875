// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.flink;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets an event through when it says something new of its subject. Counters of what still runs are
 * not news: they travel as samples.
 */
final class Changes {
  private static final int MAX_SUBJECTS = 20_000;
  private static final Set<EventKind> BY_STATE =
      Set.of(
          EventKind.FLINK_JOB,
          EventKind.FLINK_VERTEX,
          EventKind.FLINK_SUBTASK,
          EventKind.FLINK_CHECKPOINT,
          EventKind.FLINK_TASK_MANAGER);
  private static final Set<String> RUNNING_STATES =
      Set.of(
          "CREATED",
          "SCHEDULED",
          "DEPLOYING",
          "INITIALIZING",
          "RUNNING",
          "IN_PROGRESS",
          "RESTARTING",
          "CANCELING",
          "CANCELLING",
          "FAILING",
          "RECONCILING",
          "SUSPENDED",
          "");

  private final Map<List<Object>, Object> latest =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Object>, Object> eldest) {
          return size() > MAX_SUBJECTS;
        }
      };

  boolean isNews(EngineEvent event) {
    return !essence(event).equals(latest.put(subject(event), essence(event)));
  }

  private static Object essence(EngineEvent event) {
    String state = event.texts().getOrDefault(EventText.FLINK_STATE, "");
    boolean stillMoving = BY_STATE.contains(event.kind()) && RUNNING_STATES.contains(state);
    return stillMoving ? List.of(event.texts(), event.properties()) : event;
  }

  private static List<Object> subject(EngineEvent event) {
    List<Object> subject = new ArrayList<>();
    subject.add(event.kind());
    for (EventText text : SUBJECT_TEXTS) {
      subject.add(event.texts().getOrDefault(text, ""));
    }
    for (EventNumber number : SUBJECT_NUMBERS) {
      subject.add(event.number(number, -1));
    }
    if (event.kind() == EventKind.FLINK_EXCEPTION) {
      subject.add(event.epochMillis());
    }
    return subject;
  }

  private static final List<EventText> SUBJECT_TEXTS =
      List.of(
          EventText.VERTEX_ID,
          EventText.SOURCE_VERTEX_ID,
          EventText.TASK_MANAGER_ID,
          EventText.SCOPE,
          EventText.SUBJECT,
          EventText.SOURCE_PATH,
          EventText.EXCEPTION_NAME,
          EventText.TASK_NAME);
  private static final List<EventNumber> SUBJECT_NUMBERS =
      List.of(EventNumber.SUBTASK, EventNumber.ATTEMPT_NUMBER, EventNumber.CHECKPOINT_ID);
}
