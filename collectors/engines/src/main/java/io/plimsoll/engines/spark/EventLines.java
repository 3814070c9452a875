// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventText;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns lines of one log into events. Not thread-safe. */
final class EventLines {
  private static final String NAME_FIELD = "Event";
  private static final String SUCCEEDED = AttemptOutcome.SUCCEEDED.name();

  /** Takes what is wanted from the rest of an event's object. */
  private interface Reader {
    void read(JsonValues values, Draft into) throws IOException;
  }

  private record Known(EventKind kind, Reader reader) {}

  private final JsonFactory json = ParsedJson.factory();
  private final Draft draft = new Draft();
  private final PlainValues plain = new PlainValues();
  private final LogMemory memory;
  private final Map<String, Known> known;

  EventLines(LogMemory memory) {
    this.memory = memory;
    this.known = new HashMap<>(known(memory));
  }

  /** The time of the latest event that told one. */
  long lastMillis() {
    return draft.lastMillis();
  }

  /**
   * The event of a line, or null when the line tells nothing that is wanted.
   *
   * @throws IOException when the line is not an event
   */
  @Nullable EngineEvent read(byte[] buffer, int start, int length) throws IOException {
    try {
      plain.start(buffer, start, start + length);
      return NAME_FIELD.equals(plain.nextField()) && plain.isText()
          ? event(plain.text(), plain)
          : parse(buffer, start, length);
    } catch (PlainValues.NotPlain unsure) {
      return parse(buffer, start, length);
    }
  }

  /**
   * What a line says if that depends on no line before it, as with tasks that succeeded; else null:
   * then {@link #read} has to judge it in its turn.
   */
  @Nullable EarlyEvent readEarly(byte[] buffer, int start, int length) {
    try {
      plain.start(buffer, start, start + length);
      if (!NAME_FIELD.equals(plain.nextField()) || !plain.isText()) {
        return null;
      }
      Known found = known(plain.text());
      if (found == null) {
        pass(plain);
        return EarlyEvent.UNUSED;
      }
      if (found.kind() != EventKind.TASK_ENDED) {
        return null;
      }
      draft.clear();
      found.reader().read(plain, draft);
      plain.end();
      boolean isOfItself = draft.hasTime() && draft.says(EventText.OUTCOME, SUCCEEDED);
      return isOfItself ? new EarlyEvent(draft.build(found.kind())) : null;
    } catch (IOException | PlainValues.NotPlain unsure) {
      return null;
    }
  }

  /** Takes what was read early, in the line's turn. */
  void taken(EngineEvent early) {
    draft.lastMillis(early.epochMillis());
  }

  private @Nullable EngineEvent parse(byte[] buffer, int start, int length) throws IOException {
    String name;
    try (JsonParser parser = json.createParser(buffer, start, length)) {
      name = firstName(parser);
      if (name != null) {
        return event(name, new ParsedJson(parser));
      }
      name = laterName(parser);
    }
    try (JsonParser parser = json.createParser(buffer, start, length)) {
      parser.nextToken();
      return event(name, new ParsedJson(parser));
    }
  }

  /** The same for a line that is too long to hold. */
  @Nullable EngineEvent read(InputStream line) throws IOException {
    try (JsonParser parser = json.createParser(line)) {
      String name = firstName(parser);
      if (name == null) {
        throw new JsonParseException(parser, "a line of this length must begin with its event");
      }
      return event(name, new ParsedJson(parser));
    }
  }

  private @Nullable EngineEvent event(String name, JsonValues values) throws IOException {
    Known found = known(name);
    boolean isTwice = name.contains("lacklisted") && memory.saysExcluded();
    if (found == null || isTwice) {
      pass(values);
      return null;
    }
    draft.clear();
    found.reader().read(values, draft);
    values.end();
    return draft.build(found.kind());
  }

  private @Nullable Known known(String name) {
    return known.get(name.substring(name.lastIndexOf('.') + 1));
  }

  private static void pass(JsonValues values) throws IOException {
    while (values.nextField() != null) {
      values.skip();
    }
    values.end();
  }

  private static @Nullable String firstName(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new JsonParseException(parser, "not an object");
    }
    String field = parser.nextFieldName();
    if (!NAME_FIELD.equals(field)) {
      return null;
    }
    String name = parser.nextTextValue();
    if (name == null) {
      throw new JsonParseException(parser, "the event's name is not a text");
    }
    return name;
  }

  /** Goes on from a first field that is not the name. */
  private static String laterName(JsonParser parser) throws IOException {
    String name = "";
    if (parser.currentToken() == JsonToken.FIELD_NAME) {
      parser.nextToken();
      parser.skipChildren();
      ParsedJson values = new ParsedJson(parser);
      for (String field = values.nextField(); field != null; field = values.nextField()) {
        if (field.equals(NAME_FIELD)) {
          name = values.text();
        } else {
          values.skip();
        }
      }
    }
    if (name.isEmpty()) {
      throw new JsonParseException(parser, "an object without an event's name");
    }
    return name;
  }

  private static Map<String, Known> known(LogMemory memory) {
    ApplicationEvents application = new ApplicationEvents(memory);
    StageEvents stages = new StageEvents(memory);
    TaskEvents tasks = new TaskEvents(memory);
    ExecutorEvents executors = new ExecutorEvents(memory);
    SqlEvents sql = new SqlEvents(memory);
    return Map.ofEntries(
        of("LogStart", EventKind.LOG_STARTED, application::logStarted),
        of("ApplicationStart", EventKind.APPLICATION_STARTED, application::started),
        of("ApplicationEnd", EventKind.APPLICATION_ENDED, application::ended),
        of("EnvironmentUpdate", EventKind.ENVIRONMENT, application::environment),
        of("ResourceProfileAdded", EventKind.RESOURCE_PROFILE_ADDED, application::resourceProfile),
        of("JobStart", EventKind.JOB_STARTED, stages::jobStarted),
        of("JobEnd", EventKind.JOB_ENDED, stages::jobEnded),
        of("StageSubmitted", EventKind.STAGE_SUBMITTED, stages::stage),
        of("StageCompleted", EventKind.STAGE_COMPLETED, stages::stage),
        of("TaskEnd", EventKind.TASK_ENDED, tasks::ended),
        of("ExecutorAdded", EventKind.EXECUTOR_ADDED, executors::added),
        of("ExecutorRemoved", EventKind.EXECUTOR_REMOVED, executors::removed),
        of("BlockManagerAdded", EventKind.BLOCK_MANAGER_ADDED, executors::blockManager),
        of("BlockManagerRemoved", EventKind.BLOCK_MANAGER_REMOVED, executors::blockManager),
        of("ExecutorExcluded", EventKind.EXECUTOR_EXCLUDED, executors::excluded),
        of("ExecutorExcludedForStage", EventKind.EXECUTOR_EXCLUDED, executors::excluded),
        of("ExecutorUnexcluded", EventKind.EXECUTOR_UNEXCLUDED, executors::excluded),
        of("NodeExcluded", EventKind.NODE_EXCLUDED, executors::excluded),
        of("NodeExcludedForStage", EventKind.NODE_EXCLUDED, executors::excluded),
        of("NodeUnexcluded", EventKind.NODE_UNEXCLUDED, executors::excluded),
        of("ExecutorBlacklisted", EventKind.EXECUTOR_EXCLUDED, executors::excluded),
        of("ExecutorBlacklistedForStage", EventKind.EXECUTOR_EXCLUDED, executors::excluded),
        of("ExecutorUnblacklisted", EventKind.EXECUTOR_UNEXCLUDED, executors::excluded),
        of("NodeBlacklisted", EventKind.NODE_EXCLUDED, executors::excluded),
        of("NodeBlacklistedForStage", EventKind.NODE_EXCLUDED, executors::excluded),
        of("NodeUnblacklisted", EventKind.NODE_UNEXCLUDED, executors::excluded),
        of("StageExecutorMetrics", EventKind.EXECUTOR_METRICS, executors::stageMetrics),
        of("UnpersistRDD", EventKind.RDD_UNPERSISTED, executors::unpersisted),
        of(
            "SpeculativeTaskSubmitted",
            EventKind.SPECULATIVE_TASK_SUBMITTED,
            executors::speculative),
        of("SQLExecutionStart", EventKind.SQL_STARTED, sql::started),
        of("SQLExecutionEnd", EventKind.SQL_ENDED, sql::ended),
        of("SQLAdaptiveExecutionUpdate", EventKind.SQL_PLAN_CHANGED, sql::planChanged),
        of("SQLAdaptiveSQLMetricUpdates", EventKind.SQL_METRICS_DEFINED, sql::metricsDefined),
        of("DriverAccumUpdates", EventKind.SQL_METRICS, sql::driverMetrics));
  }

  private static Map.Entry<String, Known> of(String name, EventKind kind, Reader reader) {
    return entry("SparkListener" + name, new Known(kind, reader));
  }
}
