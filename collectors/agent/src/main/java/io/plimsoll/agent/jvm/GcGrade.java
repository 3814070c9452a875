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
   * G1 names a mixed collection like a young one; only the old generation's fall tells them apart.
   * A young collection may also free dead humongous objects, but then its cause is seldom the
   * evacuation pause that mixed collections have. Old levels are -1 where there is no such pool.
   */
  static int of(String collector, String action, String cause, long oldBefore, long oldAfter) {
    if (action.contains("major") || collector.endsWith("Major Cycles")) {
      return ESTIMATE;
    }
    if (collector.equals("ZGC Cycles") || collector.equals("Shenandoah Cycles")) {
      return ESTIMATE;
    }
    boolean canBeMixed =
        collector.equals("G1 Young Generation")
            && (cause.equals("G1 Evacuation Pause") || cause.equals("G1 Preventive Collection"));
    return canBeMixed && oldBefore >= 0 && oldAfter < oldBefore ? ESTIMATE : BOUND;
  }
}
