// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A query in a file of this package, named after the part. */
record SqlPart(String name) implements Part {
  @Override
  public List<List<Object>> run(SparkSession spark) {
    return values(spark.sql(text()).collectAsList());
  }

  static List<List<Object>> values(List<Row> rows) {
    List<List<Object>> values = new ArrayList<>();
    for (Row row : rows) {
      List<Object> line = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        line.add(row.get(i));
      }
      values.add(line);
    }
    return values;
  }

  private String text() {
    try (InputStream in = SqlPart.class.getResourceAsStream(name + ".sql")) {
      if (in == null) {
        throw new IllegalStateException("no query " + name + ".sql in the application's jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read query " + name + ".sql", e);
    }
  }
}
