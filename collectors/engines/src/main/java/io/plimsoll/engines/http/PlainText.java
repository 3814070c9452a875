// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.http;

import java.util.regex.Pattern;

/** Texts of other processes, as they may stand on the wire: without secrets, and cut. */
public final class PlainText {
  /** What a diagnostics text may have. */
  public static final int LIMIT = 2_000;

  private static final String HIDDEN = "*********(redacted)";
  private static final Pattern PAIR =
      Pattern.compile(
          "(?i)([\\w.\\-]{0,40}(?:secret|passw(?:or)?d|passphrase|pwd|token|access[._-]?key"
              + "|api[._-]?key|account[._-]?key|credential)[\\w.\\-]{0,40}[\"']?\\s{0,4}[=:]\\s{0,4})"
              + "(?:\"[^\"]{0,500}\"|'[^']{0,500}'|[^\\s;&,\"']+)");
  private static final Pattern USER_INFO = Pattern.compile("(://)[^/\\s@?#]{1,200}@");
  private static final Pattern BEARER =
      Pattern.compile("(?i)\\b(bearer|basic)\\s{1,4}[\\w.~+/=\\-]{8,}");

  private PlainText() {}

  /** The text, redacted and then cut to {@value #LIMIT} characters. */
  public static String of(String text) {
    // What is cut away anyway is not searched.
    String clean = cut(text, 2 * LIMIT);
    clean = USER_INFO.matcher(clean).replaceAll("$1*@");
    clean = PAIR.matcher(clean).replaceAll("$1" + java.util.regex.Matcher.quoteReplacement(HIDDEN));
    clean = BEARER.matcher(clean).replaceAll("$1 *");
    return cut(clean.strip(), LIMIT);
  }

  private static String cut(String text, int limit) {
    return text.length() <= limit ? text : text.substring(0, limit);
  }
}
