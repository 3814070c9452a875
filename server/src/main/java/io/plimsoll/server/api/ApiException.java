// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.api;

import java.util.Objects;

/** A request that gets a problem instead of an answer; the message names the culprit. */
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The HTTP status that stands for the trouble. */
  enum Code {
    BAD_REQUEST(400, "Bad request"),
    FORBIDDEN(403, "Forbidden"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    CONTENT_TOO_LARGE(413, "Content too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    INTERNAL(500, "Internal error"),
    STORE_UNAVAILABLE(503, "Store unavailable"),
    BUS_UNAVAILABLE(503, "Message bus unavailable");

    private final int status;
    private final String title;

    Code(int status, String title) {
      this.status = status;
      this.title = title;
    }

    int status() {
      return status;
    }

    String title() {
      return title;
    }
  }

  private final Code code;

  ApiException(Code code, String detail) {
    super(detail, null, false, false);
    this.code = Objects.requireNonNull(code, "code is null");
  }

  static ApiException badRequest(String detail) {
    return new ApiException(Code.BAD_REQUEST, detail);
  }

  static ApiException notFound(String detail) {
    return new ApiException(Code.NOT_FOUND, detail);
  }

  Code code() {
    return code;
  }

  String detail() {
    return Objects.requireNonNullElse(getMessage(), code.title());
  }
}
