// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

import io.plimsoll.wire.Metric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Memory of the cgroup this process runs in, v1 or v2, and the limit that would kill it. Page cache
 * that can be dropped is never counted as need. Use and counters are those of the nearest cgroup
 * that has a limit; without any limit those of the process's own. The place is found once: a
 * process that is moved later keeps reporting its first one.
 */
public final class CgroupMemory {
  /** No machine has this much memory: cgroup v1 says "unlimited" with a huge number. */
  private static final long UNLIMITED_BYTES = 1L << 50;

  private static final String NONE = "no memory cgroup is mounted";
  private static final Metric[] OURS = {
    Metric.CGROUP_MEMORY_USAGE,
    Metric.CGROUP_MEMORY_WORKING_SET,
    Metric.CGROUP_MEMORY_PEAK,
    Metric.CGROUP_MEMORY_ANON,
    Metric.CGROUP_MEMORY_FILE,
    Metric.CGROUP_OOM_KILL,
    Metric.CGROUP_MEMORY_LIMIT_HITS
  };

  /** One cgroup on the way up that has a limit. */
  private static final class Limited {
    private final String folder;
    private final String name;
    private final long limit;

    private Limited(String folder, String name, long limit) {
      this.folder = folder;
      this.name = name;
      this.limit = limit;
    }
  }

  private static final class Nearest {
    private String name = "";
    private long limit = -1;
    private long distance = Long.MAX_VALUE;

    private void consider(String candidate, long itsLimit, long itsDistance) {
      if (itsLimit >= 0 && itsDistance < distance) {
        name = candidate;
        limit = itsLimit;
        distance = itsDistance;
      }
    }
  }

  private final KernelTexts kernel;
  private final @Nullable CgroupPlace place;
  private final boolean unified;
  private final String version;
  private final Map<String, String> sources = new HashMap<>();
  private List<Limited> limited = new ArrayList<>();
  private String folder = "";

  private CgroupMemory(KernelTexts kernel, @Nullable CgroupPlace place) {
    this.kernel = kernel;
    this.place = place;
    unified = place != null && place.unified();
    version = unified ? "cgroup v2 " : "cgroup v1 ";
    findLimits();
  }

  /** That of this process, as {@code /proc/self} tells it. */
  public static CgroupMemory find(KernelTexts kernel) {
    return new CgroupMemory(kernel, CgroupPlace.find("memory", kernel));
  }

  /** Looks for limits anew: they may be changed while a process runs. */
  public void findLimits() {
    if (place == null) {
      return;
    }
    List<Limited> found = new ArrayList<>();
    for (String candidate : place.folders()) {
      long limit =
          limitBytes(kernel.once(candidate + (unified ? "/memory.max" : "/memory.limit_in_bytes")));
      if (limit >= 0) {
        found.add(new Limited(candidate, version + limitFile() + " of " + candidate, limit));
      }
    }
    limited = found;
    folder = found.isEmpty() ? place.folders().get(0) : found.get(0).folder;
  }

  /** Use, counters, and the distance to the nearest limit. */
  public void read(Readings out) {
    // Each of these reads makes the kernel add up the counts of all CPUs.
    String stat = place == null ? null : kernel.text(folder + "/memory.stat");
    long usage = place == null ? -1 : usage(folder);
    if (place == null) {
      out.absent(NONE, OURS);
      out.absent(NONE, Metric.CGROUP_MEMORY_LIMIT, Metric.CGROUP_OOM);
    } else {
      if (!limited.isEmpty()) {
        put(out, Metric.CGROUP_MEMORY_LIMIT, limited.get(0).limit, limitFile());
      }
      put(out, Metric.CGROUP_MEMORY_USAGE, usage, usageFile());
      put(
          out,
          Metric.CGROUP_MEMORY_WORKING_SET,
          workingSet(usage, stat),
          usageFile() + " - inactive_file");
      if (stat != null) {
        long anon = ProcText.keyed(stat, unified ? "anon" : "total_rss");
        long file = ProcText.keyed(stat, unified ? "file" : "total_cache");
        put(out, Metric.CGROUP_MEMORY_ANON, anon, "memory.stat");
        put(out, Metric.CGROUP_MEMORY_FILE, file, "memory.stat");
      }
      if (unified) {
        readUnifiedCounters(out);
      } else {
        readOldCounters(out);
      }
    }
    readNearest(out, stat, usage);
    readPressure(out);
  }

  private void readUnifiedCounters(Readings out) {
    put(out, Metric.CGROUP_MEMORY_PEAK, first(folder + "/memory.peak"), "memory.peak");
    out.absent("this kernel has no memory.peak (Linux 5.19 has)", Metric.CGROUP_MEMORY_PEAK);
    String events = kernel.text(folder + "/memory.events");
    if (events != null) {
      put(out, Metric.CGROUP_OOM, ProcText.keyed(events, "oom"), "memory.events");
      put(out, Metric.CGROUP_OOM_KILL, ProcText.keyed(events, "oom_kill"), "memory.events");
      put(out, Metric.CGROUP_MEMORY_LIMIT_HITS, ProcText.keyed(events, "max"), "memory.events");
    }
    out.absent("the root cgroup has no memory files", OURS);
  }

  private void readOldCounters(Readings out) {
    String peak = "memory.max_usage_in_bytes";
    put(out, Metric.CGROUP_MEMORY_PEAK, first(folder + "/" + peak), peak);
    put(out, Metric.CGROUP_MEMORY_LIMIT_HITS, first(folder + "/memory.failcnt"), "memory.failcnt");
    String control = kernel.text(folder + "/memory.oom_control");
    if (control != null) {
      put(out, Metric.CGROUP_OOM_KILL, ProcText.keyed(control, "oom_kill"), "memory.oom_control");
    }
    out.absent("cgroup v1 does not count it", Metric.CGROUP_OOM);
    out.absent("this kernel does not tell it", OURS);
  }

  private void readNearest(Readings out, @Nullable String ownStat, long ownUsage) {
    Nearest nearest = new Nearest();
    String machine = kernel.text("/proc/meminfo");
    if (machine != null) {
      long total = ProcText.statusBytes(machine, "MemTotal");
      long available = ProcText.statusBytes(machine, "MemAvailable");
      nearest.consider("the machine's memory (/proc/meminfo)", total, available);
    }
    for (Limited group : limited) {
      boolean own = group.folder.equals(folder);
      String stat = own ? ownStat : kernel.text(group.folder + "/memory.stat");
      long used = workingSet(own ? ownUsage : usage(group.folder), stat);
      if (used >= 0) {
        nearest.consider(group.name, group.limit, group.limit - used);
      }
    }
    long above = unified || ownStat == null ? -1 : hidden(ownStat);
    long used = above < 0 ? -1 : workingSet(ownUsage, ownStat);
    if (used >= 0 && (limited.isEmpty() || above < limited.get(0).limit)) {
      nearest.consider("cgroup v1 hierarchical_memory_limit", above, above - used);
    }
    if (nearest.limit >= 0) {
      out.put(Metric.MEMORY_KILL_LIMIT, nearest.limit, nearest.name);
      out.put(Metric.MEMORY_KILL_DISTANCE, Math.max(0, nearest.distance), nearest.name);
    }
    out.absent(
        "neither a cgroup limit nor the machine's memory is told",
        Metric.MEMORY_KILL_LIMIT,
        Metric.MEMORY_KILL_DISTANCE);
  }

  /** A limit above what a container's mount shows; cgroup v1 tells it in the stat file. */
  private static long hidden(String stat) {
    long limit = ProcText.keyed(stat, "hierarchical_memory_limit");
    return limit >= UNLIMITED_BYTES ? -1 : limit;
  }

  private void readPressure(Readings out) {
    String source = version + "memory.pressure";
    String text = unified ? kernel.text(folder + "/memory.pressure") : null;
    if (text == null) {
      source = "/proc/pressure/memory (the machine's)";
      text = kernel.text("/proc/pressure/memory");
    }
    if (text != null) {
      out.put(Metric.MEMORY_PRESSURE_SOME, pressureNanos(text, "some"), source);
      out.put(Metric.MEMORY_PRESSURE_FULL, pressureNanos(text, "full"), source);
    }
    out.absent(
        "this kernel does not tell pressure",
        Metric.MEMORY_PRESSURE_SOME,
        Metric.MEMORY_PRESSURE_FULL);
  }

  static long pressureNanos(String text, String line) {
    int at = text.startsWith(line + " ") ? 0 : text.indexOf("\n" + line + " ");
    int end = at < 0 ? -1 : text.indexOf('\n', at + 1);
    int total = at < 0 ? -1 : text.indexOf("total=", at);
    if (total < 0 || (end >= 0 && total > end)) {
      return -1;
    }
    return times(ProcText.number(text, total + "total=".length()), 1_000);
  }

  static long limitBytes(@Nullable String text) {
    long bytes = text == null ? -1 : ProcText.number(text, 0);
    return bytes >= UNLIMITED_BYTES ? -1 : bytes;
  }

  /** The product, -1 of a negative or a number that no kernel tells. */
  static long times(long value, long factor) {
    return value < 0 || value > Long.MAX_VALUE / factor ? -1 : value * factor;
  }

  private long workingSet(long usage, @Nullable String stat) {
    long inactive =
        stat == null ? -1 : ProcText.keyed(stat, unified ? "inactive_file" : "total_inactive_file");
    return usage < 0 || inactive < 0 ? usage : Math.max(0, usage - inactive);
  }

  private long usage(String of) {
    return first(of + "/" + usageFile());
  }

  private long first(String path) {
    String text = kernel.text(path);
    return text == null ? -1 : ProcText.number(text, 0);
  }

  private void put(Readings out, Metric metric, long value, String file) {
    String source = sources.get(file);
    if (source == null) {
      source = version + file;
      sources.put(file, source);
    }
    out.put(metric, value, source);
  }

  private String limitFile() {
    return unified ? "memory.max" : "memory.limit_in_bytes";
  }

  private String usageFile() {
    return unified ? "memory.current" : "memory.usage_in_bytes";
  }
}
