// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Removes what sounds like a secret from a log's settings and texts. Spark has removed most before
 * it wrote them; logs of old versions and SQL texts still have some.
 */
final class Secrets {
  /** Spark's own wording. */
  static final String REDACTED = "*********(redacted)";

  private static final String WORDS =
      "secret|passw(?:or)?d|passphrase|pwd|token|access[._-]?key|api[._-]?key|account[._-]?key"
          + "|credential";

  /** Spark's own default has 50 characters. */
  private static final int LONGEST_PATTERN = 500;

  private static final Pattern KEY = Pattern.compile("(?i)" + WORDS);
  private static final Pattern PAIR =
      Pattern.compile(
          "(?i)((?:" + WORDS + ")[\\w.\\-]{0,40}[\"']?\\s{0,4}[=:]\\s{0,4})([^\\s;&,\"']+)");
  private static final Pattern USER_INFO = Pattern.compile("(://)[^/\\s@?#]{1,200}@");

  private final @Nullable Pattern own;

  private Secrets(@Nullable Pattern own) {
    this.own = own;
  }

  /** The built-in rules. */
  static Secrets standard() {
    return new Secrets(null);
  }

  /** The built-in rules and the application's own pattern; a broken one adds nothing. */
  static Secrets with(@Nullable String pattern) {
    if (pattern == null || pattern.isEmpty() || pattern.length() > LONGEST_PATTERN) {
      return standard();
    }
    try {
      return new Secrets(Pattern.compile(pattern));
    } catch (PatternSyntaxException broken) {
      return standard();
    }
  }

  /** The value that stands under this key. */
  String value(String key, String value) {
    if (value.isEmpty()) {
      return value;
    }
    if (KEY.matcher(key).find() || own != null && own.matcher(key).find()) {
      return REDACTED;
    }
    return text(value);
  }

  /** A free text. */
  String text(String text) {
    String hidden = Matcher.quoteReplacement(REDACTED);
    String clean = text;
    if (clean.contains("://") && clean.indexOf('@') >= 0) {
      clean = USER_INFO.matcher(clean).replaceAll("$1" + hidden + "@");
    }
    return KEY.matcher(clean).find() ? PAIR.matcher(clean).replaceAll("$1" + hidden) : clean;
  }
}
