// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.secret;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Removes secrets from configuration. A key that sounds like a secret loses its whole value; any
 * other value loses passwords in URLs, {@code password=...} pairs (JDBC URLs, {@code -D} options,
 * JAAS lines), bearer and JSON web tokens and cloud access keys.
 */
public final class Redaction {
  /** What stands where a secret stood; Spark's own wording. */
  public static final String REDACTED = "*********(redacted)";

  private static final String SECRET_WORDS =
      "secret|passw(?:or)?d|passphrase|pwd|token|access[._-]?key|api[._-]?key|private[._-]?key"
          + "|account[._-]?key|credential|sharedaccesssignature|\\bsas\\b";

  private static final Pattern SECRET_KEY = Pattern.compile("(?i)" + SECRET_WORDS);

  private static final Pattern PAIR =
      Pattern.compile(
          "(?i)([\\w.\\-]*(?:"
              + SECRET_WORDS
              + ")[\\w.\\-]*[\"']?\\s*[=:]\\s*)(\"[^\"]*\"|'[^']*'|[^\\s;&,\"']+)");

  private static final Pattern USER_INFO = Pattern.compile("(://)[^/\\s@?#]+@");

  private static final Pattern BEARER =
      Pattern.compile("(?i)\\b(bearer|basic)\\s+[\\w.~+/=\\-]{8,}");

  private static final Pattern KNOWN_TOKENS =
      Pattern.compile("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b|\\beyJ[\\w\\-]+\\.[\\w\\-]+\\.[\\w\\-]*");

  private final @Nullable Pattern ownPattern;

  private Redaction(@Nullable Pattern ownPattern) {
    this.ownPattern = ownPattern;
  }

  /** The built-in rules. */
  public static Redaction standard() {
    return new Redaction(null);
  }

  /** The built-in rules and the host's own pattern; one that is absent or broken adds nothing. */
  public static Redaction with(@Nullable String pattern) {
    if (pattern == null || pattern.isEmpty()) {
      return standard();
    }
    try {
      return new Redaction(Pattern.compile(pattern));
    } catch (PatternSyntaxException broken) {
      return standard();
    }
  }

  /** The value as it may leave the host under this key. */
  public String value(String key, String value) {
    if (value.isEmpty()) {
      return value;
    }
    if (SECRET_KEY.matcher(key).find()) {
      return REDACTED;
    }
    Pattern own = ownPattern;
    if (own != null && (own.matcher(key).find() || own.matcher(value).find())) {
      return REDACTED;
    }
    return text(value);
  }

  /** A free text, such as an option list or an error message, as it may leave the host. */
  public String text(String text) {
    String hidden = Matcher.quoteReplacement(REDACTED);
    String clean = USER_INFO.matcher(text).replaceAll("$1" + hidden + "@");
    clean = PAIR.matcher(clean).replaceAll("$1" + hidden);
    clean = BEARER.matcher(clean).replaceAll("$1 " + hidden);
    return KNOWN_TOKENS.matcher(clean).replaceAll(hidden);
  }
}
