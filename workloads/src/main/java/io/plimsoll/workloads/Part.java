// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import java.util.List;
import org.apache.spark.sql.SparkSession;

/** One step of the demo analysis. */
interface Part {
  /** Unique in the application; shown as the description of its Spark jobs. */
  String name();

  /** Runs on the session's TPC-H tables. The rows are the same on every cluster, in any order. */
  List<List<Object>> run(SparkSession spark);
}
