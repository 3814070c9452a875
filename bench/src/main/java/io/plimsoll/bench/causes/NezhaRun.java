// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.causes;

import io.plimsoll.diagnosis.cause.CauseOptions;
import io.plimsoll.diagnosis.cause.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Locates every fault of a day and counts at which rank its service comes. */
public final class NezhaRun {
  private static final String FIRST = "2022-08-22";
  private static final String SECOND = "2022-08-23";

  private final NezhaDay first;
  private final NezhaDay second;

  private NezhaRun(NezhaDay first, NezhaDay second) {
    this.first = first;
    this.second = second;
  }

  /** Reads both days below a folder. */
  public static NezhaRun read(Path folder) throws IOException {
    return new NezhaRun(
        NezhaDay.read(folder.resolve(FIRST)), NezhaDay.read(folder.resolve(SECOND)));
  }

  /** Of the day on which everything was tuned, its own calm as history. */
  public Map<String, Hits> tuned(boolean hasLinkEvidence) {
    return run(new NezhaCases(first, first), first, hasLinkEvidence);
  }

  /** Of the day after, the first day's calm as history; by fault type, and "all". */
  public Map<String, Hits> reported(boolean hasLinkEvidence) {
    return run(new NezhaCases(first, second), second, hasLinkEvidence);
  }

  private static Map<String, Hits> run(NezhaCases cases, NezhaDay day, boolean hasLinkEvidence) {
    CauseOptions all = CauseOptions.DEFAULT.listing(day.services().size());
    CauseOptions options = hasLinkEvidence ? all : all.withoutLinkEvidence();
    Map<String, Hits> hits = new TreeMap<>();
    for (NezhaDay.Fault fault : day.faults()) {
      var answer = cases.locate(fault, Severity.DEFAULT, options);
      hits.computeIfAbsent(fault.kind(), unused -> new Hits()).add(answer, fault.service());
      hits.computeIfAbsent("all", unused -> new Hits()).add(answer, fault.service());
    }
    return hits;
  }
}
