// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.http;

import io.plimsoll.wire.secret.Redaction;

/** Texts of other processes, as they may stand on the wire: without secrets, and cut. */
public final class PlainText {
  /** What a diagnostics text may have. */
  public static final int LIMIT = 2_000;

  private static final Redaction REDACTION = Redaction.standard();

  private PlainText() {}

  /** The text, redacted and then cut to {@value #LIMIT} characters. */
  public static String of(String text) {
    // What is cut away anyway is not searched; a secret at the cut lies behind the second one.
    return cut(REDACTION.text(cut(text, 4 * LIMIT)).strip(), LIMIT);
  }

  private static String cut(String text, int limit) {
    return text.length() <= limit ? text : text.substring(0, limit);
  }
}
