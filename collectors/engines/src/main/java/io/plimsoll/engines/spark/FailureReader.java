// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

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

  void read(JsonValues json, Draft into) throws IOException {
    if (!json.isObject()) {
      return;
    }
    Parts parts = new Parts();
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "Reason" -> parts.kind = json.text();
        case "Class Name" -> parts.className = json.text();
        case "Description" -> parts.description = json.text();
        case "Message" -> parts.message = json.text();
        case "Full Stack Trace" -> parts.stack = json.text();
        case "Kill Reason" -> parts.killReason = json.text();
        case "Loss Reason" -> parts.lossReason = json.text();
        case "Executor ID" -> parts.executor = json.text();
        case "Exit Caused By App" -> parts.isExitByTask = json.isTrue();
        case "Block Manager Address" -> address(json, parts);
        case "Shuffle ID" -> json.put(EventNumber.FETCH_FAILED_SHUFFLE, into);
        case "Map ID" -> json.put(EventNumber.FETCH_FAILED_MAP, into);
        case "Map Index" -> json.put(EventNumber.FETCH_FAILED_MAP_PARTITION, into);
        case "Reduce ID" -> json.put(EventNumber.FETCH_FAILED_REDUCE_PARTITION, into);
        default -> json.skip();
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

  private static void address(JsonValues json, Parts parts) throws IOException {
    if (!json.isObject()) {
      return;
    }
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "Executor ID" -> parts.executor = json.text();
        case "Host" -> parts.host = json.text();
        default -> json.skip();
      }
    }
  }
}
