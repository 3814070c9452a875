// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.api;

import io.javalin.http.Context;
import java.util.Set;

/**
 * One address of the API, answered on GET or, where it takes something, on POST.
 *
 * @param path as {@code openapi.yaml} writes it, with the base path
 * @param parameters the query parameters it knows
 */
record Route(Method method, String path, Set<String> parameters, Answer answer) {
  /** The one method that an address knows. */
  enum Method {
    GET,
    POST
  }

  /** Writes the answer to one request. */
  interface Answer {
    void write(Context context, Query query);
  }

  static Route of(String path, Answer answer, String... parameters) {
    return new Route(Method.GET, path, Set.of(parameters), answer);
  }

  static Route taking(String path, Answer answer) {
    return new Route(Method.POST, path, Set.of(), answer);
  }
}
