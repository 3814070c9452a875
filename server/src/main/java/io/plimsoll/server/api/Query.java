// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.api;

import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The query parameters of one request; whatever the route does not know is refused by name. */
final class Query {
  private final Map<String, List<String>> values;

  private Query(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * The request's parameters.
   *
   * @throws ApiException when one is unknown or given twice
   */
  static Query of(Context context, Set<String> known) {
    Map<String, List<String>> values = context.queryParamMap();
    for (Map.Entry<String, List<String>> entry : values.entrySet()) {
      String name = entry.getKey();
      if (!known.contains(name)) {
        throw ApiException.badRequest(unknown(name, known));
      }
      if (entry.getValue().size() > 1) {
        throw ApiException.badRequest("query parameter '" + name + "' is given more than once");
      }
    }
    return new Query(values);
  }

  private static String unknown(String name, Set<String> known) {
    String said = "unknown query parameter '" + name + "'";
    if (known.isEmpty()) {
      return said + ": this address takes none";
    }
    String nearest = Nearest.to(name, new TreeSet<>(known));
    return said
        + ": did you mean '"
        + nearest
        + "'? known are "
        + String.join(", ", new TreeSet<>(known));
  }

  /** The parameter's text, or null when it is not given. */
  @Nullable String text(String name) {
    List<String> given = values.get(name);
    return given == null || given.isEmpty() ? null : given.get(0);
  }

  /** A whole number, or {@code absent} when it is not given. */
  long number(String name, long absent, long lowest, long highest) {
    String text = text(name);
    if (text == null) {
      return absent;
    }
    long value;
    try {
      value = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw ApiException.badRequest(
          "query parameter '" + name + "' is '" + text + "': expected a whole number");
    }
    if (value < lowest || value > highest) {
      throw ApiException.badRequest(
          "query parameter '" + name + "' is " + value + ": expected " + lowest + " to " + highest);
    }
    return value;
  }

  /** One of the constants by its name in lower case, dashes for underscores. */
  <E extends Enum<E>> E choice(String name, Class<E> type, E absent) {
    String text = text(name);
    if (text == null) {
      return absent;
    }
    List<String> words = Words.of(type);
    int index = words.indexOf(text.toLowerCase(Locale.ROOT));
    if (index < 0) {
      throw ApiException.badRequest(
          "query parameter '"
              + name
              + "' is '"
              + text
              + "': did you mean '"
              + Nearest.to(text, words)
              + "'? known are "
              + String.join(", ", words));
    }
    return type.getEnumConstants()[index];
  }
}
