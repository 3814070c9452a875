// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.secret;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Removes secrets from what leaves the host: one set of rules for the agent inside an engine's
 * process and for the readers of logs, archives and clusters. A key that sounds like a secret loses
 * its whole value; any other text loses passwords in URLs, pairs and SQL options, tokens, cloud
 * access keys and private keys. The time it takes is bounded whatever the text and whatever the
 * host's own patterns: what they cannot judge within the bound is removed as a whole.
 */
public final class Redaction {
  /** What stands where a secret stood; Spark's own wording. */
  public static final String REDACTED = "*********(redacted)";

  private static final String HIDDEN = Matcher.quoteReplacement(REDACTED);

  private static final String SECRET_WORDS =
      "secret|passw(?:or)?d|passphrase|pwd|token|access[._-]?key|api[._-]?key|private[._-]?key"
          + "|account[._-]?key|shared[._-]?key|encryption[._-]?key|credential"
          + "|service[._-]?key|auth[._-]?params|basic[._-]?auth|jaas\\.config|http[._-]?headers"
          + "|sharedaccesssignature|\\bsas\\b";

  private static final Pattern SECRET_KEY =
      Pattern.compile("(?i)" + SECRET_WORDS + "|\\bauthorization\\b");

  /** Two bars or a backslash escape a quote; a text may have been cut before its closing quote. */
  private static final String QUOTED =
      "\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+(?:\"|\\z)"
          + "|'[^'\\\\]*+(?:(?:\\\\.|'')[^'\\\\]*+)*+(?:'|\\z)";

  /** {@code password=x}, {@code "token": "x"}, {@code pwd -> x}, {@code (a.secret,Some(x))}. */
  private static final Pattern PAIR =
      Pattern.compile(
          "(?is)((?:"
              + SECRET_WORDS
              + ")[\\w.\\-]{0,64}+(?:#\\d{1,9}L?)?[\"'`]?"
              + "(?:\\s{0,8}(?:<=>|-?>|=>|[=:]|,\\s?Some\\()\\s{0,8}|\\s{1,8}(?=[\"'])))("
              + QUOTED
              + "|[^\\s;&,\"']+)");

  /** {@code --password x} on a command line, {@code IDENTIFIED BY 'x'} in SQL. */
  private static final Pattern FOLLOWED =
      Pattern.compile(
          "(?is)((?<![\\w\\-])--?[\\w.\\-]{0,64}(?:"
              + SECRET_WORDS
              + ")[\\w.\\-]{0,64}\\s{1,8}(?!-)|\\bidentified\\s{1,8}by\\s{1,8})("
              + QUOTED
              + "|[^\\s;&,\"']+)");

  /** {@code Authorization: Bearer x}, however short what follows the scheme is. */
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "(?i)(\\bauthorization[\"'`]?\\s{0,8}(?:->|=>|[=:])\\s{0,8}[\"']?)"
              + "(?:[\\w\\-]{1,20}\\s{1,8})?[^\\s,;\"']+");

  private static final Pattern USER_INFO = Pattern.compile("(://)[^\\s/\"'<>]{1,256}@");

  /** A password may hold a slash; what follows a port is a path. */
  private static final Pattern SLASHED_USER_INFO =
      Pattern.compile("(://)[^\\s/:@\"'<>]{0,128}:(?!\\d{1,5}[/,])[^\\s\"'<>@]{1,256}@");

  private static final Pattern STORE_KEYS =
      Pattern.compile("(s3[an]?://)[A-Z0-9]{16,128}:[^\\s@\"'<>]{1,256}@");

  /** Oracle's own form of a user's name and password in a URL. */
  private static final Pattern THIN =
      Pattern.compile("(?i)(jdbc:oracle:\\w{1,16}:)[^\\s/@\"']{1,128}/[^\\s@\"']{1,256}@");

  private static final Pattern BEARER =
      Pattern.compile("(?i)\\b(bearer|basic)\\s{1,8}[\\w.~+/=\\-]{8,}");

  private static final Pattern KNOWN_TOKENS =
      Pattern.compile(
          "\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"
              + "|\\beyJ[\\w\\-]{4,400}+\\.[\\w\\-]+\\.[\\w\\-]*"
              + "|\\bgh[pousr]_[A-Za-z0-9]{20,}|\\bglpat-[\\w\\-]{20,}|\\bxox[abeprs]-[\\w\\-]{10,}"
              + "|\\bAIza[\\w\\-]{35}|\\bdapi[0-9a-f]{32}");

  private static final Pattern SIGNATURE = Pattern.compile("(?i)([?&;]sig=)[^\\s&;,\"']+");

  private static final Pattern PRIVATE_KEY =
      Pattern.compile(
          "(?s)-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY.*?"
              + "(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|\\z)");

  private final @Nullable Pattern ownValues;
  private final @Nullable Pattern ownTexts;

  private Redaction(@Nullable Pattern ownValues, @Nullable Pattern ownTexts) {
    this.ownValues = ownValues;
    this.ownTexts = ownTexts;
  }

  /** The built-in rules. */
  public static Redaction standard() {
    return new Redaction(null, null);
  }

  /** The built-in rules and the host's own pattern; one that is absent or broken adds nothing. */
  public static Redaction with(@Nullable String pattern) {
    return with(pattern, null);
  }

  /**
   * The built-in rules and the host's own patterns; one that is absent or broken adds nothing.
   *
   * @param values a key or value in which it is found loses its whole value
   * @param texts every part of a free text that matches is removed
   */
  public static Redaction with(@Nullable String values, @Nullable String texts) {
    return new Redaction(compiled(values), compiled(texts));
  }

  private static @Nullable Pattern compiled(@Nullable String pattern) {
    if (pattern == null || pattern.isEmpty()) {
      return null;
    }
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException | StackOverflowError broken) {
      return null;
    }
  }

  /** The value as it may leave the host under this key. */
  public String value(String key, String value) {
    if (value.isEmpty()) {
      return value;
    }
    if (SECRET_KEY.matcher(key).find() || ownFinds(key) || ownFinds(value)) {
      return REDACTED;
    }
    return text(value);
  }

  /** One argument of a command line; {@code -Dkey=value} is judged by its key too. */
  public String argument(String argument) {
    int equals = argument.indexOf('=');
    if (!argument.startsWith("-D") || equals < 0) {
      return text(argument);
    }
    String key = argument.substring(2, equals);
    return argument.substring(0, equals + 1) + value(key, argument.substring(equals + 1));
  }

  /** A free text, such as SQL, a plan or an error message, as it may leave the host. */
  public String text(String text) {
    try {
      return own(builtIn(text, Signs.in(text)));
    } catch (Steps.TooMany | StackOverflowError undecided) {
      return REDACTED;
    }
  }

  /** Only the patterns run whose signs are there: most texts have nothing to hide. */
  static String builtIn(String text, int signs) {
    if (signs == 0) {
      return text;
    }
    String clean = text;
    if (Signs.have(signs, Signs.PRIVATE)) {
      clean = PRIVATE_KEY.matcher(clean).replaceAll(HIDDEN);
    }
    if (Signs.have(signs, Signs.URL)) {
      clean = STORE_KEYS.matcher(clean).replaceAll("$1" + HIDDEN + "@");
      clean = SLASHED_USER_INFO.matcher(clean).replaceAll("$1" + HIDDEN + "@");
      clean = USER_INFO.matcher(clean).replaceAll("$1" + HIDDEN + "@");
    }
    if (Signs.have(signs, Signs.THIN)) {
      clean = THIN.matcher(clean).replaceAll("$1" + HIDDEN + "@");
    }
    if (Signs.have(signs, Signs.AUTHORIZATION)) {
      clean = AUTHORIZATION.matcher(clean).replaceAll("$1" + HIDDEN);
    }
    boolean hasWord = Signs.haveWord(signs);
    if (hasWord || Signs.have(signs, Signs.IDENTIFIED)) {
      clean = FOLLOWED.matcher(clean).replaceAll("$1" + HIDDEN);
    }
    if (hasWord) {
      clean = PAIR.matcher(clean).replaceAll("$1" + HIDDEN);
    }
    if (Signs.have(signs, Signs.SIGNATURE)) {
      clean = SIGNATURE.matcher(clean).replaceAll("$1" + HIDDEN);
    }
    if (Signs.have(signs, Signs.SCHEME)) {
      clean = BEARER.matcher(clean).replaceAll("$1 " + HIDDEN);
    }
    if (Signs.have(signs, Signs.KNOWN_TOKEN)) {
      clean = KNOWN_TOKENS.matcher(clean).replaceAll(HIDDEN);
    }
    return clean;
  }

  private String own(String text) {
    Pattern own = ownTexts;
    return own == null ? text : own.matcher(new Steps(text)).replaceAll(HIDDEN);
  }

  private boolean ownFinds(String text) {
    Pattern own = ownValues;
    if (own == null) {
      return false;
    }
    try {
      return own.matcher(new Steps(text)).find();
    } catch (Steps.TooMany | StackOverflowError undecided) {
      return true;
    }
  }

  /** A text that lets a pattern look at it only so often. */
  private static final class Steps implements CharSequence {
    private static final long LEAST = 100_000;
    private static final long PER_CHAR = 60;
    private static final long MOST = 20_000_000;

    /** The pattern has used up its looks. */
    static final class TooMany extends RuntimeException {
      private static final long serialVersionUID = 1;

      TooMany() {
        super("", null, false, false);
      }
    }

    private final String text;
    private long left;

    Steps(String text) {
      this.text = text;
      this.left = Math.min(MOST, LEAST + PER_CHAR * text.length());
    }

    @Override
    public char charAt(int index) {
      if (--left < 0) {
        throw new TooMany();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
