// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

/**
 * The ids in a task description's name, such as {@code task 1.0 in stage 3.2 (TID 7)}: index and
 * attempt, stage and its attempt, task id; thread names before Spark 3.1 hold the last only, as
 * {@code task 7}. -1 stands for what the name does not tell.
 */
final class TaskName {
  static final TaskName UNKNOWN = new TaskName(-1, new int[] {-1, -1, -1, -1});

  private final long taskId;
  private final int index;
  private final int attemptNumber;
  private final int stageId;
  private final int stageAttempt;

  private TaskName(long taskId, int[] places) {
    this.taskId = taskId;
    this.index = places[0];
    this.attemptNumber = places[1];
    this.stageId = places[2];
    this.stageAttempt = places[3];
  }

  static TaskName parse(String name) {
    int task = name.indexOf("task ");
    int stage = name.indexOf(" in stage ");
    if (task < 0 || stage < task) {
      return UNKNOWN;
    }
    int taskAt = task + "task ".length();
    int stageAt = stage + " in stage ".length();
    int id = name.indexOf("(TID ", stageAt);
    return new TaskName(
        id < 0 ? -1 : number(name, id + "(TID ".length()),
        new int[] {
          number(name, taskAt),
          number(name, behindDot(name, taskAt)),
          number(name, stageAt),
          number(name, behindDot(name, stageAt))
        });
  }

  /** Of a task thread's name, in which Spark before 3.1 tells the task id only. */
  static TaskName ofThread(String name) {
    int task = name.indexOf(" for task ");
    if (task < 0 || name.contains(" in stage ")) {
      return parse(name.substring(Math.max(0, task)));
    }
    int id = number(name, task + " for task ".length());
    return new TaskName(id, new int[] {-1, -1, -1, -1});
  }

  /** -1 when not told. */
  long taskId() {
    return taskId;
  }

  int index() {
    return index;
  }

  int attemptNumber() {
    return attemptNumber;
  }

  int stageId() {
    return stageId;
  }

  int stageAttempt() {
    return stageAttempt;
  }

  private static int behindDot(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
    return at < text.length() && text.charAt(at) == '.' ? at + 1 : text.length();
  }

  private static int number(String text, int from) {
    int at = from;
    long value = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      value = value * 10 + (text.charAt(at) - '0');
      if (value > Integer.MAX_VALUE) {
        return -1;
      }
      at++;
    }
    return at == from ? -1 : (int) value;
  }
}
