// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Makes what {@link PlantedJob} reads: TPC-H tables and thousands of small files. */
public final class PlantedData {
  private static final int FILES = 2_500;

  private PlantedData() {}

  /** {@code --out DIR --scale 0.2}; what is there already stays. */
  public static void main(String[] args) {
    CommandEnd.of(() -> make(Arrays.asList(args)));
  }

  private static void make(List<String> args) {
    Options options = Options.parse(args, Set.of("--out", "--scale"));
    Path out = Path.of(options.required("--out")).toAbsolutePath().normalize();
    SparkSession spark = Sessions.open("planted-data");
    try {
      Dataset<Row> rows =
          spark
              .range(0, FILES * 60L, 1, FILES)
              .selectExpr("id", "pmod(hash(id), 500) as account", "id % 1009 as amount");
      if (!Files.exists(out.resolve("small-parquet/_SUCCESS"))) {
        rows.write().mode("overwrite").parquet(out.resolve("small-parquet").toUri().toString());
      }
      if (!Files.exists(out.resolve("small-csv/_SUCCESS"))) {
        rows.write().mode("overwrite").csv(out.resolve("small-csv").toUri().toString());
      }
    } finally {
      spark.stop();
    }
    TpchData.main(
        new String[] {
          "generate",
          "--out",
          out.resolve("tpch").toString(),
          "--scale",
          options.required("--scale")
        });
  }
}
