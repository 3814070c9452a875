// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Reads how an RDD is to be kept, in Spark's own words. */
final class StorageLevels {
  private StorageLevels() {}

  /** For example {@code MEMORY_AND_DISK_SER_2}; empty when it is not to be kept. */
  static String read(JsonParser parser) throws IOException {
    if (!Json.isObject(parser)) {
      return "";
    }
    boolean isDisk = false;
    boolean isMemory = false;
    boolean isOffHeap = false;
    boolean isDeserialized = false;
    long copies = 1;
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "Use Disk" -> isDisk = Json.isTrue(parser);
        case "Use Memory" -> isMemory = Json.isTrue(parser);
        case "Use Off Heap", "Use ExternalBlockStore", "Use Tachyon" ->
            isOffHeap = Json.isTrue(parser);
        case "Deserialized" -> isDeserialized = Json.isTrue(parser);
        case "Replication" -> copies = Json.number(parser, 1);
        default -> parser.skipChildren();
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
