// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import java.io.IOException;

/**
 * A named sum of a stage.
 *
 * @param value its total so far, {@link Long#MIN_VALUE} when it is no whole number
 * @param isSql it is a metric of a query's plan
 */
record Accumulable(long id, String name, long value, boolean isSql) {
  /** Reads one, which begins here. */
  static Accumulable read(JsonValues json) throws IOException {
    long id = -1;
    String named = "";
    long value = Long.MIN_VALUE;
    boolean isSql = false;
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "ID" -> id = json.number(-1);
        case "Name" -> named = json.text();
        case "Value" -> value = json.number(Long.MIN_VALUE);
        case "Metadata" -> isSql = json.text().equals("sql");
        default -> json.skip();
      }
    }
    return new Accumulable(id, named, value, isSql);
  }
}
