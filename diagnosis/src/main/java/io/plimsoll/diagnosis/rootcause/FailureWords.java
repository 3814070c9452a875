// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.rootcause;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.profile.ExecutorProfile;
import io.plimsoll.profile.QueryProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What the engine says of why a run's work failed: no problem is blamed against its words. */
final class FailureWords {
  private static final String MEMORY =
      "OutOfMemory|Java heap space|GC overhead|Unable to acquire|UNABLE_TO_ACQUIRE_MEMORY";

  /** Exit codes and signals of a kill, not digits of a task's or stage's id. */
  private static final String KILLED =
      "exit(ed)?( with)?( ?code| status)?:? ?(137|143)\\b|signal (9|15)\\b|SIGKILL";

  private static final Pattern FOR_MEMORY = pattern("memory|\\boom");
  private static final Map<Problem, Pattern> SAID = patterns();
  private static final String SHUT_DOWN = "SparkContext was shut down";
  private static final int LONGEST = 200;

  private final List<String> reasons = new ArrayList<>();
  private final String removals;

  FailureWords(RunProfile run) {
    for (StageProfile stage : run.stages()) {
      if (stage.failure() != null) {
        reasons.add(stage.failure());
      }
    }
    for (QueryProfile query : run.details().queries()) {
      if (query.failure() != null) {
        reasons.add(query.failure());
      }
    }
    StringBuilder removed = new StringBuilder();
    for (ExecutorProfile executor : run.executors()) {
      if (executor.removedReason() != null) {
        removed.append(executor.removedReason()).append('\n');
      }
    }
    removals = removed.toString();
  }

  private static Map<Problem, Pattern> patterns() {
    Map<Problem, Pattern> found = new EnumMap<>(Problem.class);
    found.put(
        Problem.EXECUTORS_LOST,
        pattern(
            "ExecutorLost|executor \\S+ (was )?(lost|exited|removed|decommission)|lost worker|"
                + KILLED));
    found.put(
        Problem.BLOCKS_LOST,
        pattern("FetchFailed|missing an output location for shuffle|resubmitt"));
    found.put(Problem.OUT_OF_MEMORY, pattern(MEMORY + "|exit(ed with)? code:? 52"));
    found.put(
        Problem.KILLED_FOR_MEMORY,
        pattern(KILLED + "|memory limit|killed by YARN|OOMKilled|ExecutorLost"));
    found.put(
        Problem.OUTSIDE_HEAP, pattern(KILLED + "|memory limit|OOMKilled|direct buffer|Metaspace"));
    found.put(Problem.LARGE_RESULTS, pattern("maxResultSize|serialized results|" + MEMORY));
    found.put(Problem.DRIVER_MEMORY, pattern(MEMORY));
    found.put(Problem.LARGE_BROADCAST, pattern("broadcast|" + MEMORY));
    return found;
  }

  private static Pattern pattern(String words) {
    return Pattern.compile(words, Pattern.CASE_INSENSITIVE);
  }

  /** Whether the finding may stand: an exit code alone does not tell that a kill was for memory. */
  boolean isBelieved(Finding finding) {
    return !finding.point().equals("executors.killed-for-memory")
        || removals.isEmpty()
        || FOR_MEMORY.matcher(removals).find();
  }

  /**
   * Whether nothing failed by itself: a job that runs when the application is ended counts as
   * failed for the engine.
   */
  boolean isOnlyEnded() {
    return !reasons.isEmpty() && reasons.stream().allMatch(reason -> reason.contains(SHUT_DOWN));
  }

  /** Whether the failures may be those of this problem; true where they say nothing at all. */
  boolean allow(Problem cause) {
    Pattern words = SAID.get(cause);
    return words == null
        || reasons.isEmpty()
        || reasons.stream().anyMatch(reason -> says(cause, reason))
        || (cause == Problem.OUT_OF_MEMORY && words.matcher(removals).find());
  }

  /** Whether this reason speaks of the problem. */
  static boolean says(Problem cause, String reason) {
    Pattern words = SAID.get(cause);
    return words != null && words.matcher(reason).find();
  }

  /** The first line of the first reason, cut; empty where there is none. */
  String first() {
    String line = reasons.isEmpty() ? "" : reasons.get(0).lines().findFirst().orElse("").strip();
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
