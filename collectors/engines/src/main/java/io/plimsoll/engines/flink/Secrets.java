// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.flink;

import java.util.regex.Pattern;

/** Takes secrets out of configuration and messages, by Flink's own list of keys and ours. */
final class Secrets {
  static final String REDACTED = "[redacted]";

  private static final String WORDS =
      "secret|passw(?:or)?d|passphrase|token|credential|api[-_.]?key|access[-_.]?key|service[-_.]?key"
          + "|private[-_.]?key|account\\.key|auth[-_.]?params|basic[-_.]?auth|jaas\\.config"
          + "|http[-_.]?headers|authorization";
  private static final Pattern KEY = Pattern.compile("(?i)(?:" + WORDS + ")");
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?i)((?:" + WORDS + ")[\\w.-]{0,80}\\s?[=:]\\s?)[^\\s,;&\"']+");
  private static final Pattern USER_INFO = Pattern.compile("://[^/@\\s:]{1,200}:[^/@\\s]{1,200}@");

  private Secrets() {}

  /** The value of a configuration key as it may be shown. */
  static String value(String key, String value) {
    return KEY.matcher(key).find() ? REDACTED : message(value);
  }

  /** A text with the values of what looks like a secret's assignment taken out. */
  static String message(String text) {
    String shown = ASSIGNMENT.matcher(text).replaceAll("$1" + REDACTED);
    return USER_INFO.matcher(shown).replaceAll("://" + REDACTED + "@");
  }
}
