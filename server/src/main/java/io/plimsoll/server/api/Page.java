// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.api;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Which part of a long list a request asks for.
 *
 * @param offset how many entries to leave out before it
 * @param limit how many entries at most
 */
record Page(long offset, long limit) {
  static final String OFFSET = "offset";
  static final String LIMIT = "limit";
  private static final long MOST = 10_000;

  static Page of(Query query, long usualLimit) {
    return new Page(
        query.number(OFFSET, 0, 0, Long.MAX_VALUE), query.number(LIMIT, usualLimit, 1, MOST));
  }

  /** Adds the part under the key, the list's whole length, and where the next part begins. */
  <T> Document put(
      Document document, String key, List<T> all, Function<T, Map<String, Object>> entry) {
    long end = Math.min(all.size(), offset > all.size() ? all.size() : offset + limit);
    List<T> part = all.subList((int) Math.min(offset, all.size()), (int) end);
    document.put("total", all.size()).put("offset", offset);
    if (end < all.size()) {
      document.put("next", end);
    }
    return document.put(key, Document.list(part, entry));
  }
}
