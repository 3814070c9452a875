// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.api;

import io.javalin.http.Context;
import java.util.Set;

/**
 * One address of the API, answered on GET.
 *
 * @param path as {@code openapi.yaml} writes it, with the base path
 * @param parameters the query parameters it knows
 */
record Route(String path, Set<String> parameters, Answer answer) {
  /** Writes the answer to one request. */
  interface Answer {
    void write(Context context, Query query);
  }

  static Route of(String path, Answer answer, String... parameters) {
    return new Route(path, Set.of(parameters), answer);
  }
}
