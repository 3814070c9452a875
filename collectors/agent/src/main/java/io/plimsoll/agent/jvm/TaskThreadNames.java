// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.jvm;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names of threads that run Flink subtasks. Flink gives them the names of the user's operators,
 * which no rule knows, but keeps them in one thread group.
 */
final class TaskThreadNames {
  private static final String FLINK_GROUP = "Flink Task Threads";

  private final ThreadGroup top;
  private @Nullable ThreadGroup group;

  TaskThreadNames(ThreadGroup top) {
    this.top = top;
  }

  /** The names of now. */
  Set<String> names() {
    ThreadGroup tasks = group == null ? find() : group;
    if (tasks == null) {
      return Collections.emptySet();
    }
    group = tasks;
    Thread[] threads = new Thread[tasks.activeCount() + 8];
    int count = tasks.enumerate(threads, true);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < count; i++) {
      names.add(threads[i].getName());
    }
    return names;
  }

  private @Nullable ThreadGroup find() {
    ThreadGroup[] groups = new ThreadGroup[top.activeGroupCount() + 8];
    int count = top.enumerate(groups, true);
    for (int i = 0; i < count; i++) {
      if (FLINK_GROUP.equals(groups[i].getName())) {
        return groups[i];
      }
    }
    return null;
  }
}
