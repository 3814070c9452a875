// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * CPU time and run-queue wait of this process's native threads, by group. What a thread used since
 * the walk before is added to its group, so a total never goes down and ended threads stay counted
 * as far as they were seen; a thread that lived between two walks is in no total. A thread's name
 * is read when it is seen first, once more at the next walk, since a young thread still carries its
 * parent's, and now and then later, since threads rename themselves.
 */
public final class ThreadCpu {
  private static final String FOLDER = "/proc/self/task";
  private static final int WALKS_BETWEEN_NAMES = 6;
  private static final long LARGEST_NANOS = 1L << 57;
  private static final int MOST_UNNAMED = 256;
  private static final String MANY_MORE = "(more names)";

  private static final class Seen {
    private String group = ThreadRules.NONE;
    private String name = "";
    private int namesRead;
    private int namedAtWalk;
    private long nanos;
    private long waitNanos;
    private int walk;
  }

  private final KernelTexts kernel;
  private final ThreadRules rules;
  private final Map<String, Seen> threads = new HashMap<>();
  private final Map<String, long[]> groups = new HashMap<>();
  private final Map<String, long[]> unnamed = new HashMap<>();
  private final Set<String> taskComms = new HashSet<>();
  private final long tickNanos;
  private boolean schedstatMoves = true;
  private boolean begun;
  private boolean namesTold;
  private String processComm = "java";
  private long waitNanos;
  private int walks;

  public ThreadCpu(KernelTexts kernel) {
    this.kernel = kernel;
    this.rules = new ThreadRules();
    tickNanos = Auxv.ofThisProcess(kernel).tickNanos();
  }

  /**
   * Reads all threads anew. {@code taskNames} are names of threads whose work is measured per
   * attempt, beside those that the rules know.
   */
  public void walk(Iterable<String> taskNames) {
    walks++;
    taskComms.clear();
    for (String name : taskNames) {
      taskComms.add(ThreadRules.cut(name));
    }
    String[] ids = kernel.names(FOLDER);
    if (ids.length == 0) {
      // This thread is one, so the folder could not be read.
      return;
    }
    if (!begun) {
      begun = true;
      begin(ids);
    }
    for (String id : ids) {
      look(id);
    }
    for (Iterator<Seen> all = threads.values().iterator(); all.hasNext(); ) {
      if (all.next().walk != walks) {
        all.remove();
      }
    }
  }

  /** Whether the JVM tells the kernel its threads' names: HotSpot does since JDK 9. */
  public boolean namesTold() {
    return namesTold;
  }

  /** Nanoseconds by group, those of task threads and of no group among them. */
  public Map<String, Long> groups() {
    Map<String, Long> totals = new LinkedHashMap<>();
    for (Map.Entry<String, long[]> group : groups.entrySet()) {
      totals.put(group.getKey(), group.getValue()[0]);
    }
    return totals;
  }

  /** Nanoseconds that threads waited for a CPU; -1 when the kernel does not tell. */
  public long waitNanos() {
    return schedstatMoves && waitNanos > 0 ? waitNanos : -1;
  }

  /** How many names the threads of no group have, at most 257. */
  public int unnamedCount() {
    return unnamed.size();
  }

  /** The largest names of no group with their nanoseconds, largest first; digits are #. */
  public Map<String, Long> largestUnnamed(int most) {
    List<Map.Entry<String, long[]>> names = new ArrayList<>(unnamed.entrySet());
    names.sort((a, b) -> Long.compare(b.getValue()[0], a.getValue()[0]));
    Map<String, Long> largest = new LinkedHashMap<>();
    for (Map.Entry<String, long[]> name : names.subList(0, Math.min(most, names.size()))) {
      if (name.getValue()[0] > 0) {
        largest.put(name.getKey(), name.getValue()[0]);
      }
    }
    return largest;
  }

  private void begin(String[] ids) {
    ProcStat self = ProcStat.of(kernel.once("/proc/self/stat"));
    String first = self == null ? null : comm(Long.toString(self.pid()));
    processComm = first == null ? processComm : first;
    long sum = 0;
    for (String id : ids) {
      String comm = comm(id);
      namesTold |= "VM Thread".equals(comm);
      String schedstat = kernel.once(FOLDER + "/" + id + "/schedstat");
      sum += schedstat == null ? 0 : Math.max(0, ProcText.schedNanos(schedstat));
    }
    schedstatMoves = sum > 0;
  }

  private void look(String id) {
    Seen seen = threads.get(id);
    if (seen == null) {
      seen = new Seen();
      if (!name(id, seen)) {
        return;
      }
      threads.put(id, seen);
    } else if (seen.namesRead < 2 || walks - seen.namedAtWalk >= WALKS_BETWEEN_NAMES) {
      name(id, seen);
    }
    // Listed is alive: what cannot be read now goes on from what was read last.
    seen.walk = walks;
    measure(id, seen);
  }

  private boolean name(String id, Seen seen) {
    String comm = comm(id);
    if (comm == null) {
      return false;
    }
    seen.namesRead++;
    seen.namedAtWalk = walks;
    if (!comm.equals(seen.name)) {
      seen.name = comm;
      seen.group = group(comm);
      add(groups, seen.group, 0);
    }
    return true;
  }

  private String group(String comm) {
    if (taskComms.contains(comm)) {
      return ThreadRules.TASKS;
    }
    if (namesTold && comm.equals(processComm)) {
      // The launcher's thread and the one that runs main: the JVM does not name them.
      return ThreadRules.MAIN;
    }
    return rules.group(comm);
  }

  private void measure(String id, Seen seen) {
    long nanos;
    long wait = 0;
    String schedstat = schedstatMoves ? kernel.once(FOLDER + "/" + id + "/schedstat") : null;
    if (schedstat != null) {
      nanos = ProcText.schedNanos(schedstat);
      wait = ProcText.schedWaitNanos(schedstat);
    } else {
      ProcStat stat = schedstatMoves ? null : ProcStat.of(kernel.once(FOLDER + "/" + id + "/stat"));
      nanos = stat == null ? -1 : (stat.userTicks() + stat.systemTicks()) * tickNanos;
    }
    if (nanos < 0 || nanos > LARGEST_NANOS || wait > LARGEST_NANOS) {
      return;
    }
    if (nanos < seen.nanos) {
      // The id was given to a new thread between two walks.
      seen.nanos = 0;
      seen.waitNanos = 0;
      seen.namesRead = 0;
      name(id, seen);
    }
    long used = nanos - seen.nanos;
    seen.nanos = nanos;
    add(groups, seen.group, used);
    waitNanos += Math.max(0, wait - seen.waitNanos);
    seen.waitNanos = Math.max(wait, seen.waitNanos);
    if (seen.group.equals(ThreadRules.NONE)) {
      String name = withoutDigits(seen.name);
      add(
          unnamed,
          unnamed.size() < MOST_UNNAMED || unnamed.containsKey(name) ? name : MANY_MORE,
          used);
    }
  }

  private static void add(Map<String, long[]> totals, String name, long nanos) {
    long[] total = totals.get(name);
    if (total == null) {
      total = new long[1];
      totals.put(name, total);
    }
    total[0] += nanos;
  }

  static String withoutDigits(String name) {
    StringBuilder text = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      boolean digit = name.charAt(i) >= '0' && name.charAt(i) <= '9';
      if (!digit) {
        text.append(name.charAt(i));
      } else if (text.length() == 0 || text.charAt(text.length() - 1) != '#') {
        text.append('#');
      }
    }
    return text.toString();
  }

  private @Nullable String comm(String id) {
    String comm = kernel.once(FOLDER + "/" + id + "/comm");
    if (comm == null) {
      return null;
    }
    int end = comm.endsWith("\n") ? comm.length() - 1 : comm.length();
    return ThreadRules.cut(comm.substring(0, end));
  }
}
