// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import io.plimsoll.wire.secret.Redaction;

/** How texts of the engine may leave the host: without secrets and of bounded length. */
final class EventTexts {
  private static final int LONGEST_LINE = 500;
  private static final int LONGEST_READ = 64 * 1024;

  private volatile Redaction redaction;

  EventTexts(Redaction redaction) {
    this.redaction = redaction;
  }

  /** From now on these rules. */
  void become(Redaction rules) {
    redaction = rules;
  }

  /** A configuration value under its key. */
  String value(String key, String value) {
    return redaction.value(key, value);
  }

  /** The first line, cut to 500 characters. */
  String line(String text) {
    int end = text.indexOf('\n');
    return within(end < 0 ? text : text.substring(0, end), LONGEST_LINE);
  }

  /** Many lines, cut to so many characters. What was cut off is never looked at, nor sent. */
  String within(String text, int most) {
    String clean = redaction.text(head(text, Math.min(LONGEST_READ, 4 * most + 1_000)));
    return head(clean, most);
  }

  private static String head(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end);
  }
}
