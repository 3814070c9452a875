// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

import java.io.File;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CPU time of the JVM's own threads by kind, summed over the native threads of this process. The
 * totals of threads that ended are kept, so a total never goes down. A thread's name is read when
 * it is seen first and once more at the next walk, since a young thread still carries its parent's.
 */
public final class ThreadCpu {
  /** Where threads are found; a seam for tests. */
  interface Tasks {
    String[] ids();

    @Nullable String comm(String id);

    /** Nanoseconds, or -1 when the thread is gone. */
    long cpuNanos(String id);
  }

  private static final class Seen {
    private ThreadKind kind;
    private boolean settled;
    private long nanos;
    private int walk;

    private Seen(ThreadKind kind) {
      this.kind = kind;
    }
  }

  private final Tasks tasks;
  private final Map<String, Seen> threads = new HashMap<>();
  private final long[] ended = new long[ThreadKind.values().length];
  private final long[] totals = new long[ThreadKind.values().length];
  private final boolean[] met = new boolean[ThreadKind.values().length];
  private int walks;

  public ThreadCpu() {
    this(new ProcTasks("/proc/self/task"));
  }

  ThreadCpu(Tasks tasks) {
    this.tasks = tasks;
  }

  /** Reads all threads anew. */
  public void walk() {
    walks++;
    for (String id : tasks.ids()) {
      look(id);
    }
    Iterator<Seen> all = threads.values().iterator();
    long[] live = new long[totals.length];
    while (all.hasNext()) {
      Seen seen = all.next();
      if (seen.walk != walks) {
        ended[seen.kind.ordinal()] += seen.nanos;
        all.remove();
      } else {
        live[seen.kind.ordinal()] += seen.nanos;
      }
    }
    for (int kind = 0; kind < totals.length; kind++) {
      totals[kind] = Math.max(totals[kind], ended[kind] + live[kind]);
    }
  }

  /** Nanoseconds of the collector's threads at the last walk; -1 when none was ever seen. */
  public long gcNanos() {
    return total(ThreadKind.GC);
  }

  /** Nanoseconds of the compiler threads at the last walk; -1 when none was ever seen. */
  public long jitNanos() {
    return total(ThreadKind.JIT);
  }

  private long total(ThreadKind kind) {
    return met[kind.ordinal()] ? totals[kind.ordinal()] : -1;
  }

  private void look(String id) {
    Seen seen = threads.get(id);
    if (seen == null || !seen.settled) {
      String comm = tasks.comm(id);
      if (comm == null) {
        return;
      }
      ThreadKind kind = ThreadKind.of(comm);
      if (seen == null) {
        seen = new Seen(kind);
        threads.put(id, seen);
      } else {
        seen.kind = kind;
        seen.settled = true;
      }
    }
    seen.walk = walks;
    if (seen.kind == ThreadKind.OTHER) {
      return;
    }
    met[seen.kind.ordinal()] = true;
    long nanos = tasks.cpuNanos(id);
    if (nanos >= seen.nanos) {
      seen.nanos = nanos;
    } else if (nanos >= 0) {
      // The id was given to a new thread between two walks.
      ended[seen.kind.ordinal()] += seen.nanos;
      Seen fresh = new Seen(ThreadKind.OTHER);
      fresh.walk = walks;
      threads.put(id, fresh);
    }
  }

  private static final class ProcTasks implements Tasks {
    private final File folder;
    private boolean noSchedstat;

    private ProcTasks(String folder) {
      this.folder = new File(folder);
    }

    @Override
    public String[] ids() {
      String[] names = folder.list();
      return names == null ? new String[0] : names;
    }

    @Override
    public @Nullable String comm(String id) {
      String comm = KernelFile.textOf(folder + "/" + id + "/comm");
      return comm == null ? null : comm.trim();
    }

    @Override
    public long cpuNanos(String id) {
      if (!noSchedstat) {
        String sched = KernelFile.textOf(folder + "/" + id + "/schedstat");
        if (sched != null) {
          return ProcText.schedNanos(sched);
        }
      }
      String stat = KernelFile.textOf(folder + "/" + id + "/stat");
      if (stat == null) {
        return -1;
      }
      noSchedstat = true;
      long user = ProcText.userNanos(stat);
      long system = ProcText.systemNanos(stat);
      return user < 0 || system < 0 ? -1 : user + system;
    }
  }
}
