// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Problems of memory, in executors and in the driver. */
final class MemoryPlants {
  /** What an executor's classes hold for ever, as caches of libraries do. */
  private static final Map<Long, long[]> HELD = Collections.synchronizedMap(new HashMap<>());

  private MemoryPlants() {}

  static void addTo(Map<String, PlantedJob.Step> steps) {
    steps.put("gc-thrash", MemoryPlants::gcThrash);
    steps.put("heap-oom", MemoryPlants::heapOom);
    steps.put("collect-to-driver", MemoryPlants::collectToDriver);
  }

  /** Most of the heap is held, and tasks make objects that live for a moment. */
  private static void gcThrash(SparkSession spark, PlantedInput input) {
    int entries = input.of(2_700_000, 2_400_000);
    System.out.println(
        TaskPlants.numbers(spark, 100)
            .map(
                number -> {
                  hold(entries);
                  return churn(number);
                })
            .reduce(Long::sum));
  }

  private static void hold(int entries) {
    synchronized (HELD) {
      for (long key = HELD.size(); key < entries; key++) {
        HELD.put(key, new long[] {key, key * 31});
      }
    }
  }

  /** Makes a few hundred megabytes, of which the last tens are reachable. */
  private static long churn(int seed) {
    Random random = new Random(seed);
    List<String> recent = new ArrayList<>();
    long sum = 0;
    for (int i = 0; i < 1_200_000; i++) {
      String text = Long.toString(random.nextLong(), 36) + i;
      if (recent.size() < 300_000) {
        recent.add(text);
      } else {
        sum += recent.set(i % 300_000, text).length();
      }
    }
    return sum;
  }

  /** One task gathers more than its executor's heap. */
  private static void heapOom(SparkSession spark, PlantedInput input) {
    int heavy = input.of(3, 9);
    int kilobytes = input.of(1, 64);
    System.out.println(
        TaskPlants.numbers(spark, 16)
            .map(
                number -> {
                  List<byte[]> gathered = new ArrayList<>();
                  long target = number == heavy ? 2_000L << 20 : 4L << 20;
                  for (long bytes = 0; bytes < target; bytes += kilobytes << 10) {
                    gathered.add(new byte[kilobytes << 10]);
                  }
                  return (long) gathered.size() + TaskPlants.compute(300);
                })
            .reduce(Long::sum));
  }

  /** All rows go to the driver, which does the rest by itself. */
  private static void collectToDriver(SparkSession spark, PlantedInput input) {
    if (input.isFirst()) {
      List<byte[]> blocks =
          TaskPlants.numbers(spark, 12)
              .map(
                  number -> {
                    byte[] block = new byte[64 << 20];
                    new Random(number).nextBytes(block);
                    return block;
                  })
              .collect();
      long sum = 0;
      for (byte[] block : blocks) {
        for (int round = 0; round < 16; round++) {
          for (byte value : block) {
            sum = Long.rotateLeft(sum ^ value, 7);
          }
        }
      }
      System.out.println(sum);
      return;
    }
    List<Row> rows =
        spark
            .range(0, 9_000_000, 1, 12)
            .selectExpr("sha2(cast(id as string), 256) as text", "pmod(hash(id), 1000) as shop")
            .collectAsList();
    Map<Integer, String> last = new HashMap<>();
    for (Row row : rows) {
      last.merge(
          row.getInt(1), row.getString(0), (one, other) -> one.compareTo(other) > 0 ? one : other);
    }
    System.out.println(last.size());
  }
}
