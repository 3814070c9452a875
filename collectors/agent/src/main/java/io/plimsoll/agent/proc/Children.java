// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

import io.plimsoll.wire.Metric;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The child processes of this one and theirs, such as Python workers, found without starting any
 * process. CPU time of ended children stays counted: the kernel adds it to whoever waited for them;
 * what it added beyond the last sight of a child goes to "other". A scan that finds a child there
 * but cannot read it tells what the scan before told, lest the child count as ended and again.
 */
public final class Children {
  /** Processes that are known to be none of ours are asked again at every sixth scan. */
  private static final int SCANS_BETWEEN_STRANGERS = 6;

  /** A child that stays unreadable for longer, as another user's may, counts as ended. */
  private static final int MOST_UNSURE_SCANS = 6;

  private static final String PYTHON = "python";
  private static final String JAVA = "java";
  private static final String OTHER = "other";
  private static final String[] KINDS = {PYTHON, JAVA, OTHER};

  private static final class Child {
    private final long start;
    private String kind = OTHER;
    private boolean direct;
    private long ticks;

    private Child(long start) {
      this.start = start;
    }
  }

  private final KernelTexts kernel;
  private final Auxv auxv;
  private final Set<String> strangers = new HashSet<>();
  private Map<Long, Child> living = new HashMap<>();
  private final Map<String, Long> endedTicks = new HashMap<>();
  private final Map<String, Long> reportedTicks = new HashMap<>();
  private final Map<String, long[]> now = new HashMap<>();
  private boolean lists;
  private int scans;
  private int unsureScans;

  public Children(KernelTexts kernel) {
    this.kernel = kernel;
    auxv = Auxv.ofThisProcess(kernel);
  }

  /** A process by its name: python (pypy too), java, or other. */
  static String kind(String comm) {
    if (comm.startsWith("python") || comm.startsWith("pypy") || comm.startsWith("pyspark")) {
      return PYTHON;
    }
    return comm.equals("java") ? JAVA : OTHER;
  }

  /** Finds the children anew. */
  public void read(Readings out) {
    ProcStat self = ProcStat.of(kernel.once("/proc/self/stat"));
    if (self == null) {
      out.absent(
          "no /proc on this system",
          Metric.CHILDREN_CPU,
          Metric.CHILDREN_RSS,
          Metric.CHILDREN_COUNT);
      return;
    }
    List<ProcStat> found = descendants(self.pid());
    unsureScans = isSure(self, found) ? 0 : unsureScans + 1;
    if (unsureScans == 0 || unsureScans > MOST_UNSURE_SCANS) {
      look(self, found);
    }
    String source = lists ? "/proc/*/task/*/children, /proc/*/stat" : "/proc/*/stat";
    for (String kind : KINDS) {
      long[] values = count(now, kind);
      long ticks = Math.max(values[0], reportedTicks.getOrDefault(kind, 0L));
      reportedTicks.put(kind, ticks);
      if (values[2] > 0 || ticks > 0 || kind.equals(OTHER)) {
        out.put(Metric.CHILDREN_CPU, kind, ticks * auxv.tickNanos(), source);
        out.put(Metric.CHILDREN_RSS, kind, values[1] * auxv.pageBytes(), source);
        out.put(Metric.CHILDREN_COUNT, kind, values[2], source);
      }
    }
  }

  /**
   * Asks for each child that was not found again, and adds it when it is there. Not sure when one
   * may be there and cannot be read.
   */
  private boolean isSure(ProcStat self, List<ProcStat> found) {
    Set<Long> pids = new HashSet<>();
    for (ProcStat stat : found) {
      pids.add(stat.pid());
    }
    boolean sure = true;
    for (Map.Entry<Long, Child> missed : living.entrySet()) {
      long pid = missed.getKey();
      if (pids.contains(pid)) {
        continue;
      }
      ProcStat stat = stat(Long.toString(pid));
      if (stat == null) {
        boolean gone = kernel.names("/proc/" + pid).length == 0;
        sure &= gone && kernel.names("/proc/self/task").length > 0;
      } else if (stat.start() == missed.getValue().start && isOurs(self, stat, pids)) {
        found.add(stat);
      }
    }
    return sure;
  }

  /** Whether its parent is known; that of a process whose parent ended is another. */
  private boolean isOurs(ProcStat self, ProcStat stat, Set<Long> found) {
    long parent = stat.parent();
    return parent == self.pid() || found.contains(parent) || living.containsKey(parent);
  }

  private void look(ProcStat self, List<ProcStat> found) {
    now.clear();
    for (String kind : KINDS) {
      now.put(kind, new long[3]);
    }
    Map<Long, Child> before = living;
    living = new HashMap<>();
    for (ProcStat stat : found) {
      Child child = before.get(stat.pid());
      if (child == null || child.start != stat.start()) {
        child = new Child(stat.start());
      } else {
        before.remove(stat.pid());
      }
      child.kind = kind(stat.comm());
      child.direct = stat.parent() == self.pid();
      child.ticks = stat.allTicks();
      living.put(stat.pid(), child);
      long[] values = count(now, child.kind);
      values[0] += child.ticks;
      values[1] += stat.rssPages();
      values[2]++;
    }
    for (Child ended : before.values()) {
      if (ended.direct) {
        endedTicks.merge(ended.kind, ended.ticks, Long::sum);
      }
    }
    long seenEnded = 0;
    for (String kind : KINDS) {
      long ticks = endedTicks.getOrDefault(kind, 0L);
      seenEnded += ticks;
      count(now, kind)[0] += ticks;
    }
    count(now, OTHER)[0] += Math.max(0, self.endedChildrenTicks() - seenEnded);
  }

  private static long[] count(Map<String, long[]> values, String kind) {
    long[] known = values.get(kind);
    if (known == null) {
      known = new long[3];
      values.put(kind, known);
    }
    return known;
  }

  private List<ProcStat> descendants(long self) {
    String first = kernel.once("/proc/" + self + "/task/" + self + "/children");
    lists = first != null;
    return lists ? listed(self) : scanned(self);
  }

  private List<ProcStat> listed(long self) {
    List<ProcStat> found = new ArrayList<>();
    Set<Long> known = new HashSet<>();
    Deque<Long> open = new ArrayDeque<>();
    open.add(self);
    while (!open.isEmpty()) {
      long parent = open.remove();
      for (String thread : kernel.names("/proc/" + parent + "/task")) {
        String children = kernel.once("/proc/" + parent + "/task/" + thread + "/children");
        for (String child : children == null ? new String[0] : children.trim().split(" ")) {
          long pid = ProcText.number(child, 0);
          ProcStat stat = pid < 0 || !known.add(pid) ? null : stat(child);
          if (stat != null) {
            found.add(stat);
            open.add(pid);
          }
        }
      }
    }
    return found;
  }

  private List<ProcStat> scanned(long self) {
    if (scans++ % SCANS_BETWEEN_STRANGERS == 0) {
      strangers.clear();
    }
    Map<Long, List<ProcStat>> byParent = new HashMap<>();
    List<String> asked = new ArrayList<>();
    for (String name : kernel.names("/proc")) {
      boolean process = !name.isEmpty() && name.charAt(0) >= '0' && name.charAt(0) <= '9';
      if (process && !strangers.contains(name)) {
        ProcStat stat = stat(name);
        if (stat != null) {
          byParent.computeIfAbsent(stat.parent(), any -> new ArrayList<>()).add(stat);
          asked.add(name);
        }
      }
    }
    List<ProcStat> found = new ArrayList<>();
    Set<String> ours = new HashSet<>();
    Deque<Long> open = new ArrayDeque<>();
    open.add(self);
    while (!open.isEmpty()) {
      List<ProcStat> children = byParent.remove(open.remove());
      if (children != null) {
        for (ProcStat child : children) {
          if (child.pid() != self) {
            found.add(child);
            ours.add(Long.toString(child.pid()));
            open.add(child.pid());
          }
        }
      }
    }
    for (String name : asked) {
      if (!ours.contains(name)) {
        strangers.add(name);
      }
    }
    return found;
  }

  private @Nullable ProcStat stat(String pid) {
    return ProcStat.of(kernel.once("/proc/" + pid + "/stat"));
  }
}
