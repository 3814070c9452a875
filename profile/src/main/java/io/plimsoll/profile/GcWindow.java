// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

/**
 * The heap levels that one JVM's collections left behind within one event-time window. The lowest
 * of them bounds from above everything that lived through the whole window.
 *
 * @param startMillis epoch milliseconds, a multiple of {@link Rollup#WINDOW_MILLIS}
 * @param collections collections in the window, at least 1
 * @param fullCollections of them, mixed or full
 * @param lowestAfterBytes lowest heap level after a collection
 * @param highestAfterBytes highest heap level after a collection
 */
public record GcWindow(
    long startMillis,
    long collections,
    long fullCollections,
    long lowestAfterBytes,
    long highestAfterBytes) {
  public GcWindow {
    if (collections < 1 || fullCollections < 0 || fullCollections > collections) {
      throw new IllegalArgumentException(
          "a window of " + collections + " collections, " + fullCollections + " of them full");
    }
    if (lowestAfterBytes > highestAfterBytes) {
      throw new IllegalArgumentException(
          "lowest level " + lowestAfterBytes + " above the highest " + highestAfterBytes);
    }
  }

  /**
   * Both windows as one.
   *
   * @throws IllegalArgumentException when they do not start together
   */
  public GcWindow plus(GcWindow other) {
    if (startMillis != other.startMillis) {
      throw new IllegalArgumentException(
          "windows of " + startMillis + " and " + other.startMillis + " are not one");
    }
    return new GcWindow(
        startMillis,
        collections + other.collections,
        fullCollections + other.fullCollections,
        Math.min(lowestAfterBytes, other.lowestAfterBytes),
        Math.max(highestAfterBytes, other.highestAfterBytes));
  }
}
