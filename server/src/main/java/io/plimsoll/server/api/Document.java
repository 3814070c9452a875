// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A JSON object under construction: keys keep their order, what is not known is left out. */
final class Document {
  private final Map<String, Object> fields = new LinkedHashMap<>();

  Document put(String key, Object value) {
    fields.put(key, value);
    return this;
  }

  /** Leaves the key out when the value is null, an empty text, or no finite number. */
  Document putKnown(String key, @Nullable Object value) {
    boolean unknown =
        value == null
            || value.equals("")
            || (value instanceof Double number && !Double.isFinite(number));
    if (!unknown && value != null) {
      fields.put(key, value);
    }
    return this;
  }

  /** Leaves the key out when the value is negative, which stands for unknown. */
  Document putIfNotNegative(String key, long value) {
    if (value >= 0) {
      fields.put(key, value);
    }
    return this;
  }

  Map<String, Object> fields() {
    return fields;
  }

  static <T> List<Object> list(Collection<T> values, Function<T, Map<String, Object>> document) {
    List<Object> documents = new ArrayList<>(values.size());
    values.forEach(value -> documents.add(document.apply(value)));
    return documents;
  }
}
