// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import java.io.IOException;

/** Reads how an RDD is to be kept, in Spark's own words. */
final class StorageLevels {
  private StorageLevels() {}

  /** For example {@code MEMORY_AND_DISK_SER_2}; empty when it is not to be kept. */
  static String read(JsonValues json) throws IOException {
    if (!json.isObject()) {
      return "";
    }
    boolean isDisk = false;
    boolean isMemory = false;
    boolean isOffHeap = false;
    boolean isDeserialized = false;
    long copies = 1;
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "Use Disk" -> isDisk = json.isTrue();
        case "Use Memory" -> isMemory = json.isTrue();
        case "Use Off Heap", "Use ExternalBlockStore", "Use Tachyon" -> isOffHeap = json.isTrue();
        case "Deserialized" -> isDeserialized = json.isTrue();
        case "Replication" -> copies = json.number(1);
        default -> json.skip();
      }
    }
    if (!isDisk && !isMemory && !isOffHeap) {
      return "";
    }
    return name(isDisk, isMemory, isOffHeap, isDeserialized) + (copies > 1 ? "_" + copies : "");
  }

  private static String name(
      boolean isDisk, boolean isMemory, boolean isOffHeap, boolean isDeserialized) {
    if (isOffHeap) {
      return "OFF_HEAP";
    }
    if (!isMemory) {
      return "DISK_ONLY";
    }
    return (isDisk ? "MEMORY_AND_DISK" : "MEMORY_ONLY") + (isDeserialized ? "" : "_SER");
  }
}
