// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

/** What a native thread of a HotSpot JVM works for, told by the name the kernel keeps of it. */
enum ThreadKind {
  /** Collector workers, concurrent collector threads, and the VM thread that runs the pauses. */
  GC,
  /** Compiler threads and the code sweeper. */
  JIT,
  /** Everything else. */
  OTHER;

  /** The kernel cuts names to 15 characters. */
  static ThreadKind of(String comm) {
    if (comm.startsWith("GC Thread#")
        || comm.startsWith("ParGC Thread#")
        || comm.startsWith("G1 ")
        || comm.equals("VM Thread")
        || comm.startsWith("CMS ")
        || comm.startsWith("Concurrent Mark")
        || comm.startsWith("Shenandoah")
        || isZ(comm)) {
      return GC;
    }
    if (comm.startsWith("C1 Compiler")
        || comm.startsWith("C2 Compiler")
        || comm.startsWith("JVMCI")
        || comm.startsWith("Sweeper thread")) {
      return JIT;
    }
    return OTHER;
  }

  private static boolean isZ(String comm) {
    return comm.startsWith("ZWorker")
        || comm.startsWith("ZDriver")
        || comm.startsWith("ZDirector")
        || comm.startsWith("ZUncommitter")
        || comm.startsWith("ZUnmapper")
        || comm.startsWith("ZStat")
        || comm.startsWith("XWorker")
        || comm.startsWith("XDriver")
        || comm.startsWith("XDirector")
        || comm.startsWith("XUncommitter")
        || comm.startsWith("XUnmapper")
        || comm.startsWith("XStat");
  }
}
