// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * The demo analysis, "plimsoll-demo": eight queries in the manner of TPC-H, a ranking where one
 * account has most of the rows, k-means over cached points, and a forecast that the driver computes
 * alone. Writes what the parts came to as JSON.
 */
public final class DemoJob {
  private static final List<Part> PARTS =
      Stream.concat(
              Stream.of(
                      "q1-pricing-summary",
                      "q3-unshipped-orders",
                      "q5-local-suppliers",
                      "q6-discount-effect",
                      "q9-profit-by-nation",
                      "q10-returned-items",
                      "q12-late-shipments",
                      "q18-large-orders",
                      "hot-account")
                  .map(SqlPart::new),
              Stream.of(new ClusteringPart(), new ForecastPart()))
          .toList();

  private DemoJob() {}

  /** {@code --data DIR --result FILE.json [--rounds 1]}; exit code 0 when the file is written. */
  public static void main(String[] args) {
    CommandEnd.of(() -> run(Arrays.asList(args)));
  }

  private static void run(List<String> args) {
    Options options = Options.parse(args, Set.of("--data", "--result", "--rounds"));
    Path data = Path.of(options.required("--data")).toAbsolutePath().normalize();
    Path file = Path.of(options.required("--result")).toAbsolutePath().normalize();
    int rounds = options.positiveInt("--rounds", 1);
    TpchTables.names().forEach(table -> TpchData.tablePath(data, table));
    DemoResult result = analyse(data, rounds);
    write(file, result);
    System.out.println("plimsoll-demo: checksum " + result.checksum() + " in " + file);
  }

  private static DemoResult analyse(Path data, int rounds) {
    SparkSession spark = Sessions.open("plimsoll-demo");
    try {
      for (String table : TpchTables.names()) {
        spark.read().parquet(TpchData.tablePath(data, table)).createOrReplaceTempView(table);
      }
      DemoResult result = round(spark);
      for (int round = 2; round <= rounds; round++) {
        requireSame(result, round(spark), round);
      }
      return result;
    } finally {
      spark.stop();
    }
  }

  private static DemoResult round(SparkSession spark) {
    List<DemoResult.PartResult> results = new ArrayList<>();
    for (Part part : PARTS) {
      spark.sparkContext().setJobDescription("plimsoll-demo: " + part.name());
      long startNanos = System.nanoTime();
      RowChecksum checksum = new RowChecksum();
      part.run(spark).forEach(checksum::add);
      long wallMillis = Duration.ofNanos(System.nanoTime() - startNanos).toMillis();
      results.add(
          new DemoResult.PartResult(part.name(), checksum.rows(), checksum.hex(), wallMillis));
      System.out.println(part.name() + ": " + checksum.rows() + " rows, " + wallMillis + " ms");
    }
    return new DemoResult(results);
  }

  private static void requireSame(DemoResult first, DemoResult again, int round) {
    if (!first.checksum().equals(again.checksum())) {
      String parts =
          again.parts().stream()
              .filter(
                  part ->
                      first.parts().stream()
                          .noneMatch(
                              same ->
                                  same.name().equals(part.name())
                                      && same.checksum().equals(part.checksum())))
              .map(DemoResult.PartResult::name)
              .collect(Collectors.joining(" "));
      throw new IllegalStateException("round " + round + " came to another result in: " + parts);
    }
  }

  private static void write(Path file, DemoResult result) {
    try {
      Files.writeString(file, result.json());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
