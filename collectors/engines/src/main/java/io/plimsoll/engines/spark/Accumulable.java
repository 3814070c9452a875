// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * A named sum of a stage.
 *
 * @param value its total so far, {@link Long#MIN_VALUE} when it is no whole number
 * @param isSql it is a metric of a query's plan
 */
record Accumulable(long id, String name, long value, boolean isSql) {
  /** Reads one, the parser standing at its beginning. */
  static Accumulable read(JsonParser parser) throws IOException {
    long id = -1;
    String named = "";
    long value = Long.MIN_VALUE;
    boolean isSql = false;
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "ID" -> id = Json.number(parser, -1);
        case "Name" -> named = Json.text(parser);
        case "Value" -> value = Json.number(parser, Long.MIN_VALUE);
        case "Metadata" -> isSql = Json.text(parser).equals("sql");
        default -> parser.skipChildren();
      }
    }
    return new Accumulable(id, named, value, isSql);
  }
}
