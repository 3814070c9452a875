// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.yarn;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.engines.http.PlainText;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;

/** Copies fields of YARN's JSON into events; -1 is YARN's word for not known. */
final class Fields {
  private static final long MEGABYTE = 1L << 20;

  private Fields() {}

  static void number(EngineEvent.Builder event, EventNumber field, JsonNode value) {
    scaled(event, field, value, 1);
  }

  static void megabytes(EngineEvent.Builder event, EventNumber field, JsonNode value) {
    scaled(event, field, value, MEGABYTE);
  }

  private static void scaled(
      EngineEvent.Builder event, EventNumber field, JsonNode value, long factor) {
    if (value.isNumber() && value.canConvertToLong()) {
      long number = value.longValue();
      if (number >= 0 && number <= Long.MAX_VALUE / factor) {
        event.put(field, number * factor);
      }
    }
  }

  /** A time; 0 is YARN's word for not yet. */
  static void time(EngineEvent.Builder event, EventNumber field, JsonNode value) {
    if (value.canConvertToLong() && value.longValue() > 0) {
      event.put(field, value.longValue());
    }
  }

  static void text(EngineEvent.Builder event, EventText field, JsonNode value) {
    String text = PlainText.of(value.asText(""));
    if (!text.isEmpty() && !"N/A".equals(text)) {
      event.put(field, text);
    }
  }

  /** The elements of a list that YARN may leave out, or write as a single object. */
  static Iterable<JsonNode> list(JsonNode node) {
    if (node.isArray()) {
      return node;
    }
    return node.isObject() ? java.util.List.of(node) : java.util.List.of();
  }
}
