// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import com.fasterxml.jackson.core.JsonParser;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.io.IOException;

/** Reads why a task ended, and says it in one line in Spark's own words. */
final class FailureReader {
  private final LogMemory memory;

  FailureReader(LogMemory memory) {
    this.memory = memory;
  }

  /** The parts of a reason; which are there depends on its kind. */
  private static final class Parts {
    private String kind = "";
    private String className = "";
    private String description = "";
    private String message = "";
    private String stack = "";
    private String killReason = "";
    private String lossReason = "";
    private String executor = "";
    private String host = "";
    private boolean isExitByTask = true;
  }

  void read(JsonParser parser, Draft into) throws IOException {
    if (!Json.isObject(parser)) {
      return;
    }
    Parts parts = new Parts();
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "Reason" -> parts.kind = Json.text(parser);
        case "Class Name" -> parts.className = Json.text(parser);
        case "Description" -> parts.description = Json.text(parser);
        case "Message" -> parts.message = Json.text(parser);
        case "Full Stack Trace" -> parts.stack = Json.text(parser);
        case "Kill Reason" -> parts.killReason = Json.text(parser);
        case "Loss Reason" -> parts.lossReason = Json.text(parser);
        case "Executor ID" -> parts.executor = Json.text(parser);
        case "Exit Caused By App" -> parts.isExitByTask = Json.isTrue(parser);
        case "Block Manager Address" -> address(parser, parts);
        case "Shuffle ID" -> Json.put(parser, EventNumber.FETCH_FAILED_SHUFFLE, into);
        case "Map ID" -> Json.put(parser, EventNumber.FETCH_FAILED_MAP, into);
        case "Map Index" -> Json.put(parser, EventNumber.FETCH_FAILED_MAP_PARTITION, into);
        case "Reduce ID" -> Json.put(parser, EventNumber.FETCH_FAILED_REDUCE_PARTITION, into);
        default -> parser.skipChildren();
      }
    }
    into.put(EventText.OUTCOME, outcome(parts.kind).name());
    if (!parts.kind.isEmpty() && !parts.kind.equals("Success")) {
      tell(parts, into);
    }
  }

  /** By the reason: the task's own flags stay "successful" for a result that was lost. */
  static AttemptOutcome outcome(String kind) {
    return switch (kind) {
      case "" -> AttemptOutcome.UNKNOWN;
      case "Success" -> AttemptOutcome.SUCCEEDED;
      case "TaskKilled", "TaskCommitDenied" -> AttemptOutcome.KILLED;
      default -> AttemptOutcome.FAILED;
    };
  }

  private void tell(Parts parts, Draft into) {
    into.put(EventText.FAILURE_KIND, memory.line(parts.kind));
    into.put(EventText.REASON, memory.line(parts.kind + ": " + said(parts)));
    if (!parts.className.isEmpty()) {
      into.put(EventText.FAILURE_CLASS, memory.line(parts.className));
    }
    if (parts.kind.equals("FetchFailed")) {
      into.put(EventText.FETCH_FAILED_HOST, memory.line(parts.host));
      into.put(EventText.FETCH_FAILED_EXECUTOR, memory.line(parts.executor));
    }
  }

  private static String said(Parts parts) {
    return switch (parts.kind) {
      case "ExceptionFailure" ->
          parts.stack.isEmpty() ? parts.className + ": " + parts.description : parts.stack;
      case "FetchFailed" -> parts.message;
      case "TaskKilled" ->
          "TaskKilled (" + (parts.killReason.isEmpty() ? "unknown reason" : parts.killReason) + ")";
      case "ExecutorLostFailure" ->
          "ExecutorLostFailure (executor "
              + parts.executor
              + (parts.isExitByTask
                  ? " exited caused by one of the running tasks)"
                  : " exited unrelated to the running tasks)")
              + (parts.lossReason.isEmpty() ? "" : " Reason: " + parts.lossReason);
      case "Resubmitted" -> "Resubmitted (resubmitted due to lost executor)";
      case "TaskResultLost" -> "TaskResultLost (result lost from block manager)";
      default -> parts.description.isEmpty() ? parts.message : parts.description;
    };
  }

  private static void address(JsonParser parser, Parts parts) throws IOException {
    if (!Json.isObject(parser)) {
      return;
    }
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "Executor ID" -> parts.executor = Json.text(parser);
        case "Host" -> parts.host = Json.text(parser);
        default -> parser.skipChildren();
      }
    }
  }
}
