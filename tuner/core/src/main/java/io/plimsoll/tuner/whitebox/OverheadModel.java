// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.whitebox;

/**
 * The memory outside the heap that a container must hold: what was seen there, a fifth more and at
 * least 64 MiB more, since a single run shows its peak only by chance and the container must hold
 * the heap touched to its last page besides.
 */
final class OverheadModel {
  private static final double MARGIN = 1.2;
  private static final long LEAST_MARGIN_BYTES = 64L << 20;

  private OverheadModel() {}

  /** The overhead for this much resident memory outside the heap, in whole steps. */
  static long overheadBytes(long outsideHeapBytes) {
    long margined =
        Math.max((long) (outsideHeapBytes * MARGIN), outsideHeapBytes + LEAST_MARGIN_BYTES);
    return HeapModel.ceil(margined);
  }
}
