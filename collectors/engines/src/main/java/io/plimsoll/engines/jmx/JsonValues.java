// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.jmx;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** Numbers, truth values and composites out of JSON; everything else is passed over. */
final class JsonValues {
  private JsonValues() {}

  static Map<String, Object> attributes(JsonNode object) {
    Map<String, Object> attributes = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      Object value = value(field.getValue());
      if (value != null) {
        attributes.put(field.getKey(), value);
      }
    }
    return attributes;
  }

  static @Nullable Object value(JsonNode node) {
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.longValue();
    }
    if (node.isNumber()) {
      return node.doubleValue();
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    return node.isObject() ? attributes(node) : null;
  }

  /** The name, or null when it is none. */
  static @Nullable ObjectName name(String text) {
    try {
      return new ObjectName(text);
    } catch (MalformedObjectNameException e) {
      return null;
    }
  }
}
