// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import io.plimsoll.profile.JobProfile;
import io.plimsoll.profile.QueryProfile;
import io.plimsoll.profile.RunProfile;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Signals of the queries of a run and of the operators of their plans. */
final class QuerySignals {
  private static final int LONGEST_LABEL = 60;

  private final RunProfile run;
  private final SignalSet.Builder signals;

  /** Parts of plans whose result was shuffled by an earlier query. */
  private final Set<Long> computed = new HashSet<>();

  private long written;
  private boolean anyWritten;

  private QuerySignals(RunProfile run, SignalSet.Builder signals) {
    this.run = run;
    this.signals = signals;
  }

  static void add(RunProfile run, SignalSet.Builder signals) {
    QuerySignals queries = new QuerySignals(run, signals);
    run.details().queries().forEach(queries::query);
    if (queries.anyWritten) {
      signals.put(ComponentId.RUN, QueryMetrics.FILES_CREATED, queries.written);
    }
    if (run.details().queries().isEmpty() && !run.jobs().isEmpty()) {
      String none = "The run has no SQL query.";
      signals.absent(ComponentType.QUERY, none).absent(ComponentType.PLAN_NODE, none);
    }
    FailureSignals.add(run, signals);
  }

  private void query(QueryProfile query) {
    ComponentId id = ComponentId.of(ComponentType.QUERY, Long.toString(query.id()));
    double share = share(query);
    signals.label(id, label(query)).put(id, QueryMetrics.RUN_SHARE, share);
    PlanTree tree = new PlanTree(query);
    long reused = 0;
    Map<String, Long> scanned = new HashMap<>();
    long repeated = 0;
    for (int place = 0; place < tree.size(); place++) {
      reused += tree.named(place, "ReusedExchange") ? 1 : 0;
      if (tree.named(place, "Scan")) {
        long bytes = tree.value(place, "size of files read");
        if (bytes > 0) {
          Long before = scanned.putIfAbsent(table(tree, place), bytes);
          repeated += before == null ? 0 : Math.min(before, bytes);
        }
      }
    }
    if (!scanned.isEmpty()) {
      signals
          .put(id, QueryMetrics.REPEATED_SCAN, repeated, tree.size())
          .put(id, QueryMetrics.REUSED, reused, tree.size());
    }
    nodes(query, tree, share, reused);
  }

  private void nodes(QueryProfile query, PlanTree tree, double share, long reused) {
    NodeSignals nodes = new NodeSignals(run, query, tree, signals);
    int skipUntil = 0;
    for (int place = 0; place < tree.size(); place++) {
      boolean told = nodes.add(place);
      boolean shuffle = tree.named(place, "Exchange") && !tree.named(place, "Reused", "Broadcast");
      if (shuffle && place >= skipUntil && !tree.containsBelow(place, "InMemoryTableScan")) {
        long bytes = tree.value(place, "data size", "shuffle bytes written");
        boolean again = !computed.add(tree.fingerprint(place));
        if (bytes >= 0) {
          signals.put(nodes.id(place), QueryMetrics.RECOMPUTED, again ? bytes : 0);
          told = true;
        }
        skipUntil = again ? tree.end(place) : skipUntil;
      }
      if (told) {
        signals
            .label(nodes.id(place), nodes.label(place) + " in " + label(query))
            .put(nodes.id(place), QueryMetrics.RUN_SHARE, share)
            .put(nodes.id(place), QueryMetrics.REUSED, reused);
      }
    }
    nodes.joins();
    written += Math.max(0, nodes.filesWritten());
    anyWritten |= nodes.filesWritten() >= 0;
  }

  /** From its start to its end, or to the end of its last job. */
  private double share(QueryProfile query) {
    long end = query.endMillis();
    long start = query.startMillis();
    for (JobProfile job : run.jobs()) {
      if (job.sqlExecution() == query.id()) {
        end = Math.max(end, job.endMillis());
        start = start < 0 ? job.startMillis() : start;
      }
    }
    if (start < 0 || end < start || run.wallMillis() == 0) {
      return Double.NaN;
    }
    return Math.min(1, (double) (end - start) / run.wallMillis());
  }

  private static String label(QueryProfile query) {
    String words = query.description().lines().findFirst().orElse("").strip();
    String cut = words.length() > LONGEST_LABEL ? words.substring(0, LONGEST_LABEL) : words;
    return "query " + query.id() + (cut.isEmpty() ? "" : " (" + cut + ")");
  }

  /** The name of the operator, and the place of the files where it is told. */
  private static String table(PlanTree tree, int place) {
    String text = tree.node(place).description();
    int location = text.indexOf("Location:");
    int end = location < 0 ? -1 : text.indexOf(']', location);
    return tree.node(place).name() + (end < 0 ? "" : text.substring(location, end));
  }
}
