// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names of instances that every JVM has, such as pools and collectors: a sample tells their place
 * in this list. The list belongs to schema version 2 and never changes: a name that is not in it is
 * told as a text.
 */
final class KnownNames {
  private static final String[] NAMES = {
    // Memory pools.
    "CodeHeap 'non-nmethods'",
    "CodeHeap 'profiled nmethods'",
    "CodeHeap 'non-profiled nmethods'",
    "CodeCache",
    "Code Cache",
    "Metaspace",
    "Compressed Class Space",
    "G1 Eden Space",
    "G1 Survivor Space",
    "G1 Old Gen",
    "PS Eden Space",
    "PS Survivor Space",
    "PS Old Gen",
    "Eden Space",
    "Survivor Space",
    "Tenured Gen",
    "Par Eden Space",
    "Par Survivor Space",
    "CMS Old Gen",
    "ZHeap",
    "ZGC Young Generation",
    "ZGC Old Generation",
    "Shenandoah",
    "Shenandoah Young Gen",
    "Shenandoah Old Gen",
    "Epsilon Heap",
    // Collectors.
    "G1 Young Generation",
    "G1 Old Generation",
    "G1 Concurrent GC",
    "PS Scavenge",
    "PS MarkSweep",
    "Copy",
    "MarkSweepCompact",
    "ParNew",
    "ConcurrentMarkSweep",
    "ZGC",
    "ZGC Cycles",
    "ZGC Pauses",
    "ZGC Minor Cycles",
    "ZGC Minor Pauses",
    "ZGC Major Cycles",
    "ZGC Major Pauses",
    "Shenandoah Cycles",
    "Shenandoah Pauses",
    "Epsilon Heap GC",
    // Causes of collections.
    "No GC",
    "System.gc()",
    "G1 Evacuation Pause",
    "G1 Humongous Allocation",
    "G1 Periodic Collection",
    "G1 Compaction Pause",
    "G1 Preventive Collection",
    "Allocation Failure",
    "Ergonomics",
    "Metadata GC Threshold",
    "Metadata GC Clear Soft References",
    "GCLocker Initiated GC",
    "CodeCache GC Threshold",
    "CodeCache GC Aggressive",
    "Diagnostic Command",
    "Heap Dump Initiated GC",
    "Heap Inspection Initiated GC",
    "JvmtiEnv ForceGarbageCollection",
    "Last ditch collection",
    "Concurrent Mode Failure",
    "CMS Initial Mark",
    "CMS Final Remark",
    "Allocation Rate",
    "Allocation Stall",
    "High Usage",
    "Proactive",
    "Timer",
    "Warmup",
    // Groups of threads, and kinds of child processes.
    "vm",
    "finalizer",
    "jfr",
    "jmx",
    "main",
    "netty",
    "shuffle",
    "rocksdb",
    "kafka",
    "hadoop",
    "web-ui",
    "log",
    "fork-join",
    "spark",
    "spark-scheduler",
    "spark-rpc",
    "spark-listener",
    "spark-heartbeat",
    "spark-block",
    "spark-sql",
    "spark-streaming",
    "spark-python",
    "flink",
    "flink-rpc",
    "flink-io",
    "flink-checkpoint",
    "python",
    "java",
    "other"
  };

  private static final Map<String, Integer> PLACES = places();

  private KnownNames() {}

  /** The name's place, -1 when it is not in the list. */
  static int place(String name) {
    Integer place = PLACES.get(name);
    return place == null ? -1 : place;
  }

  /** The name at a place, null when the list has no such place. */
  static @Nullable String name(long place) {
    return place < NAMES.length ? NAMES[(int) place] : null;
  }

  private static Map<String, Integer> places() {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < NAMES.length; i++) {
      places.put(NAMES[i], i);
    }
    return Collections.unmodifiableMap(places);
  }
}
