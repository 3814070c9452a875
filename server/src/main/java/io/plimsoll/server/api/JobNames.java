// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.api;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The name of a recurring job, derived from the name of one of its applications by taking out what
 * differs from run to run: dates and times, ids, counters.
 */
public final class JobNames {
  /** The job of applications without a name. */
  public static final String UNNAMED = "unnamed";

  private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+");
  private static final String BEFORE = "(?<![\\p{L}\\p{N}])";
  private static final String AFTER = "(?![\\p{L}\\p{N}])";

  private static final List<Pattern> VARYING =
      List.of(
          token("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"),
          token("(?:application|app|job|attempt|container|local)[-_]\\d{10,}(?:[-_]\\d+)*"),
          token(
              "(?:19|20)\\d{2}([-_./]?)(?:0[1-9]|1[0-2])\\1(?:0[1-9]|[12]\\d|3[01])"
                  + "(?:[T _-]?\\d{2}[:h_.-]?\\d{2}(?:[:m_.-]?\\d{2}(?:[.,]\\d{1,9})?)?)?"
                  + "(?:Z|[+-]\\d{2}:?\\d{2})?"),
          token("(?:19|20)\\d{2}[-_./](?:0[1-9]|1[0-2]|W\\d{2}|Q[1-4])"),
          token("\\d{1,2}:\\d{2}(?::\\d{2})?"),
          token("(?=[0-9a-f]*\\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}"),
          token("\\d{9,}"),
          Pattern.compile(
              "(?i)" + BEFORE + "(?:run|attempt|try|retry|batch|part|no\\.?)[ _.#-]*\\d+" + AFTER),
          Pattern.compile("#\\s*\\d+" + AFTER),
          Pattern.compile("[(\\[{]\\s*\\d+(?:\\s*(?:/|of)\\s*\\d+)?\\s*[)\\]}]"),
          Pattern.compile("(?:(?<=.)[-_ ]+|(?<=[^\\d])[.]+)\\d+\\s*$"));
  private static final Pattern EMPTY_BRACKETS = Pattern.compile("\\(\\s*\\)|\\[\\s*]|\\{\\s*}");
  private static final Pattern DOUBLED = Pattern.compile("([-_ .:/])[-_ .:/]+");
  private static final Pattern EDGES = Pattern.compile("^[-_ .:/,#@]+|[-_ .:/,#@]+$");

  private JobNames() {}

  /**
   * The job's name.
   *
   * @param application the application's name, empty when unknown
   * @return never empty, without control characters
   */
  public static String of(String application) {
    String whole = oneLine(application).strip();
    String name = whole;
    for (Pattern varying : VARYING) {
      name = varying.matcher(name).replaceAll("");
    }
    name = EMPTY_BRACKETS.matcher(name).replaceAll("");
    name = DOUBLED.matcher(name).replaceAll("$1");
    name = EDGES.matcher(name).replaceAll("");
    if (!name.isEmpty()) {
      return name;
    }
    return whole.isEmpty() ? UNNAMED : whole;
  }

  /** The text on one line, each run of blanks and control characters as one blank. */
  static String oneLine(String text) {
    return UNSAFE.matcher(text).replaceAll(" ");
  }

  private static Pattern token(String regex) {
    return Pattern.compile(BEFORE + "(?:" + regex + ")" + AFTER);
  }
}
