// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Makes the eight TPC-H tables as Parquet, once: a folder appears under its name only when it is
 * complete, and a complete one of the same scale is used again. Scale 1 is about 6 million lines.
 */
public final class TpchData {
  private static final String MARKER = "_TPCH";
  private static final String FORMAT = "plimsoll-tpch 1 scale ";
  private static final int LARGE_TABLE_PARTS = 8;
  private static final Set<String> LARGE_TABLES =
      Set.of("lineitem", "orders", "partsupp", "part", "customer");

  private TpchData() {}

  /** {@code generate --out DIR --scale 0.5}; on two local threads unless submitted to a cluster. */
  public static void main(String[] args) {
    CommandEnd.of(() -> generate(Arrays.asList(args)));
  }

  /**
   * The folder of a table in complete data; one line of complaint when the data is not complete.
   */
  static String tablePath(Path data, String table) {
    if (!Files.exists(data.resolve(MARKER))) {
      throw new WorkloadException(
          "no complete TPC-H data in " + data + ": make it with TpchData generate --out " + data);
    }
    return data.resolve(table).toUri().toString();
  }

  private static void generate(List<String> args) {
    if (args.isEmpty() || !args.get(0).equals("generate")) {
      throw new WorkloadException("usage: generate --out DIR --scale 0.5");
    }
    Options options = Options.parse(args.subList(1, args.size()), Set.of("--out", "--scale"));
    Path out = Path.of(options.required("--out")).toAbsolutePath().normalize();
    double scale = options.positiveDecimal("--scale");
    try {
      if (Files.exists(out)) {
        requireSame(out, scale);
        System.out.println("TPC-H data of scale " + scale + " is already in " + out);
        return;
      }
      write(out, scale);
      System.out.println("TPC-H data of scale " + scale + " is in " + out);
    } catch (IOException e) {
      throw new UncheckedIOException("TPC-H data in " + out + ": " + e.getMessage(), e);
    }
  }

  private static void requireSame(Path out, double scale) throws IOException {
    Path marker = out.resolve(MARKER);
    if (!Files.exists(marker)) {
      throw new WorkloadException(
          out + " exists and is not complete TPC-H data: name another folder or delete it");
    }
    String found = Files.readString(marker).strip();
    if (!found.equals(FORMAT + scale)) {
      throw new WorkloadException(
          out
              + " holds \""
              + found
              + "\", not \""
              + FORMAT
              + scale
              + "\": name another folder or delete it");
    }
  }

  private static void write(Path out, double scale) throws IOException {
    Path temporary = out.resolveSibling(out.getFileName() + ".tmp");
    deleteTree(temporary);
    Files.createDirectories(temporary);
    SparkSession spark = Sessions.open("plimsoll-tpch-data");
    try {
      for (String table : TpchTables.names()) {
        spark.sparkContext().setJobDescription("plimsoll-tpch-data: " + table);
        int parts = LARGE_TABLES.contains(table) ? LARGE_TABLE_PARTS : 1;
        spark
            .createDataFrame(rows(spark, table, scale, parts), TpchTables.schema(table))
            .write()
            .mode(SaveMode.Overwrite)
            .parquet(temporary.resolve(table).toUri().toString());
      }
    } finally {
      spark.stop();
    }
    Files.writeString(temporary.resolve(MARKER), FORMAT + scale + "\n");
    Files.move(temporary, out, StandardCopyOption.ATOMIC_MOVE);
  }

  private static JavaRDD<Row> rows(SparkSession spark, String table, double scale, int parts) {
    List<Integer> numbers = IntStream.rangeClosed(1, parts).boxed().toList();
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(new ArrayList<>(numbers), parts)
        .flatMap(part -> TpchTables.rows(table, scale, part, parts));
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
