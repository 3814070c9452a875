// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import io.plimsoll.profile.ProcessFold;
import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.RunFold;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A run's folds in readable form, when each process was last heard of, and what was written last.
 * Not kept over restarts: then everything is read anew from the state and written once more.
 */
final class LiveRun {
  private record Window(Rollup.Level level, String entity, long startMillis) {}

  private static final class Process {
    private long revision;
    private ProcessFold fold;
    private long heardMillis;

    private Process(long revision, ProcessFold fold, long heardMillis) {
      this.revision = revision;
      this.fold = fold;
      this.heardMillis = heardMillis;
    }
  }

  private final RunKey run;
  private final Map<UUID, Process> processes = new HashMap<>();
  private Map<Window, Integer> written = new HashMap<>();

  LiveRun(RunKey run) {
    this.run = run;
  }

  /** Takes a process's fold unless a higher revision is there. */
  void put(StoreWrite.Fold fold, long nowMillis) {
    Process known = processes.get(fold.process());
    if (known == null) {
      processes.put(
          fold.process(),
          new Process(fold.revision(), ProcessFold.fromBytes(fold.fold()), nowMillis));
    } else if (fold.revision() > known.revision) {
      known.revision = fold.revision();
      known.fold = ProcessFold.fromBytes(fold.fold());
      known.heardMillis = nowMillis;
    }
  }

  /** The number of envelopes that all processes have absorbed. */
  long revision() {
    return processes.values().stream().mapToLong(process -> process.revision).sum();
  }

  /**
   * The run's profile. Nothing more is expected of a process that was not heard of since {@code
   * silentSinceMillis}; nor of one that has told its end and of which nothing is missing, when it
   * was not heard of since {@code settledSinceMillis}: topics are read side by side, so its end may
   * be read before what it said on another one.
   */
  RunProfile profile(long settledSinceMillis, long silentSinceMillis) {
    Set<UUID> silent = new HashSet<>();
    boolean settled = true;
    for (Map.Entry<UUID, Process> entry : processes.entrySet()) {
      Process process = entry.getValue();
      if (process.heardMillis <= silentSinceMillis) {
        silent.add(entry.getKey());
      } else if (process.heardMillis > settledSinceMillis
          || process.fold.profile().coverage().missingEnvelopes() > 0) {
        settled = false;
      }
    }
    RunProfile profile = RunFold.profile(run, folds(), silent);
    return settled ? profile : profile.incomplete();
  }

  /**
   * The run's windows whose values differ from the last call's. Windows that a process may have
   * forgotten are left out: what is stored of them is complete and stays.
   */
  List<Rollup> changedRollups(RunProfile profile) {
    long lastMillis =
        profile.processes().stream()
            .mapToLong(process -> process.lastSampleMillis())
            .max()
            .orElse(0);
    long completeFromMillis = Rollup.windowStart(lastMillis - ProcessOperator.LATENESS_MILLIS);
    List<Rollup> changed = new ArrayList<>();
    Map<Window, Integer> current = new HashMap<>();
    for (Rollup rollup : RunFold.runRollups(run, folds(), revision())) {
      if (rollup.windowStartMillis() >= completeFromMillis) {
        Window window = new Window(rollup.level(), rollup.entity(), rollup.windowStartMillis());
        int content = rollup.values().hashCode();
        current.put(window, content);
        Integer before = written.get(window);
        if (before == null || before != content) {
          changed.add(rollup);
        }
      }
    }
    written = current;
    return changed;
  }

  private List<ProcessFold> folds() {
    return processes.values().stream().map(process -> process.fold).toList();
  }
}
