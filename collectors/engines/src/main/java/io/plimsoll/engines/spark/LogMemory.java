// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import io.plimsoll.wire.secret.Redaction;
import org.jspecify.annotations.Nullable;

/** What earlier lines of a log say of later ones. Not thread-safe. */
final class LogMemory {
  private static final int LONGEST_LINE = 500;

  /** Spark's own default has 50 characters. */
  private static final int LONGEST_PATTERN = 500;

  private String version = "";
  private String application = "";
  private int attempt;
  private boolean hasEnded;
  private Redaction redaction = Redaction.standard();

  /** Of Spark, as the log's first line says; empty when it has none. */
  String version() {
    return version;
  }

  void version(String told) {
    version = told;
  }

  /** Since 3.1 an exclusion is told under its new name too. */
  boolean saysExcluded() {
    String[] parts = version.split("[.\\-]", 3);
    if (parts.length < 2 || !parts[0].matches("\\d{1,4}") || !parts[1].matches("\\d{1,4}")) {
      return false;
    }
    int major = Integer.parseInt(parts[0]);
    return major > 3 || major == 3 && Integer.parseInt(parts[1]) >= 1;
  }

  String application() {
    return application;
  }

  int attempt() {
    return attempt;
  }

  void application(String id, int number) {
    application = id;
    attempt = number;
  }

  boolean hasEnded() {
    return hasEnded;
  }

  void end() {
    hasEnded = true;
  }

  Redaction redaction() {
    return redaction;
  }

  /**
   * From now on the rules of the application too, as its log tells them.
   *
   * @param values a key or value in which it is found loses its whole value; may be absent
   * @param texts every part of a text that matches is removed; may be absent
   */
  void redact(@Nullable String values, @Nullable String texts) {
    redaction = Redaction.with(usable(values), usable(texts));
  }

  private static @Nullable String usable(@Nullable String pattern) {
    return pattern == null || pattern.length() > LONGEST_PATTERN ? null : pattern;
  }

  /** The text's first line, of bounded length and without secrets. */
  String line(String text) {
    int end = text.indexOf('\n');
    return cut(end < 0 ? text : text.substring(0, end), LONGEST_LINE);
  }

  /** The text's begin without secrets. */
  String cut(String text, int longest) {
    String head = text.substring(0, Math.min(text.length(), 4 * longest + 1_000));
    String clean = redaction.text(head);
    return clean.substring(0, Math.min(clean.length(), longest));
  }
}
