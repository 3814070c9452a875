// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

/**
 * The ids in a task description's name, such as {@code task 1.0 in stage 3.2 (TID 7)}: index and
 * attempt, stage and its attempt. -1 stands for what the name does not tell.
 */
final class TaskName {
  static final TaskName UNKNOWN = new TaskName(-1, -1, -1, -1);

  private final int index;
  private final int attemptNumber;
  private final int stageId;
  private final int stageAttempt;

  private TaskName(int index, int attemptNumber, int stageId, int stageAttempt) {
    this.index = index;
    this.attemptNumber = attemptNumber;
    this.stageId = stageId;
    this.stageAttempt = stageAttempt;
  }

  static TaskName parse(String name) {
    int task = name.indexOf("task ");
    int stage = name.indexOf(" in stage ");
    if (task < 0 || stage < task) {
      return UNKNOWN;
    }
    int taskAt = task + "task ".length();
    int stageAt = stage + " in stage ".length();
    return new TaskName(
        number(name, taskAt),
        number(name, behindDot(name, taskAt)),
        number(name, stageAt),
        number(name, behindDot(name, stageAt)));
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
