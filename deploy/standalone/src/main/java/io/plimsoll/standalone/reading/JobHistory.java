// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import io.plimsoll.diagnosis.signal.ComponentId;
import io.plimsoll.diagnosis.signal.SignalHistory;
import io.plimsoll.diagnosis.signal.SignalSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured in the runs of each job that were read so far. Bounded: of each job the latest
 * runs, and of all jobs together so many values; the job that was heard of least recently is
 * forgotten first.
 */
public final class JobHistory {
  /** About 150 MiB. */
  private static final long MOST_SIGNALS = 1_000_000;

  private final long mostSignals;

  /** By when they were last added to. */
  private final Map<String, Deque<SignalSet>> jobs = new LinkedHashMap<>();

  private long signals;

  public JobHistory() {
    this(MOST_SIGNALS);
  }

  JobHistory(long mostSignals) {
    this.mostSignals = mostSignals;
  }

  /** The job's runs so far, the oldest first. */
  public SignalHistory of(String job) {
    Deque<SignalSet> runs = jobs.get(job);
    return runs == null ? SignalHistory.NONE : new SignalHistory(new ArrayList<>(runs));
  }

  /** Remembers a run that should count as usual for the job's later ones. */
  public void add(String job, SignalSet run) {
    Deque<SignalSet> runs = jobs.remove(job);
    if (runs == null) {
      runs = new ArrayDeque<>();
    }
    jobs.put(job, runs);
    runs.addLast(run);
    signals += size(run);
    if (runs.size() > SignalHistory.MOST_RUNS) {
      signals -= size(runs.removeFirst());
    }
    Iterator<Map.Entry<String, Deque<SignalSet>>> oldest = jobs.entrySet().iterator();
    while (signals > mostSignals && oldest.hasNext()) {
      Deque<SignalSet> forgotten = oldest.next().getValue();
      forgotten.forEach(each -> signals -= size(each));
      oldest.remove();
    }
  }

  private static long size(SignalSet run) {
    long size = 0;
    for (ComponentId component : run.components()) {
      size += run.of(component).size();
    }
    return size;
  }
}
