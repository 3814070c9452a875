// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.jvm;

/** How much the heap's level after one collection says about the live set. */
final class GcGrade {
  /** After a young collection: garbage of the old generation is counted, an upper bound. */
  static final int BOUND = 1;

  /** After a mixed or full collection: an estimate. */
  static final int ESTIMATE = 2;

  private GcGrade() {}

  /**
   * G1 names a mixed collection like a young one, and a young one may lower the old generation, too
   * (dead humongous objects). But only mixed and full collections renew the old pool's collection
   * usage, so a pool whose collection usage is this collection's own level was collected. Levels
   * are -1 where there is no such pool.
   */
  static int of(String collector, String action, long oldAfter, long oldCollectionUsage) {
    if (action.contains("major")
        || collector.endsWith("Major Cycles")
        || collector.equals("ZGC Cycles")
        || collector.equals("Shenandoah Cycles")) {
      return ESTIMATE;
    }
    boolean oldWasCollected =
        collector.equals("G1 Young Generation")
            && oldCollectionUsage > 0
            && oldCollectionUsage == oldAfter;
    return oldWasCollected ? ESTIMATE : BOUND;
  }
}
