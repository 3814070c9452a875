// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

import java.util.List;
import java.util.Map;
import javax.management.ObjectName;

/** Reads attributes of management beans, by whatever protocol. */
public interface BeanReader extends AutoCloseable {
  /**
   * The attributes of all beans that each query's pattern names, by query in the order asked. An
   * attribute that cannot be read, or is no number, truth value or composite of such, is absent and
   * never fails the others; a pattern that names no bean gives an empty map.
   */
  List<Map<ObjectName, Map<String, Object>>> read(List<Query> queries)
      throws SourceException, InterruptedException;

  @Override
  void close();

  /**
   * What to ask.
   *
   * @param pattern of bean names
   * @param attributes their names, at least one
   */
  record Query(ObjectName pattern, List<String> attributes) {
    public Query {
      attributes = List.copyOf(attributes);
    }
  }
}
