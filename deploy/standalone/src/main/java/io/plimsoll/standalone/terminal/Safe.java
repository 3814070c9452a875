// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.terminal;

import java.util.regex.Pattern;

/**
 * Foreign text that may be shown: names of applications and stages come from anybody. Control and
 * formatting characters, right-to-left overrides among them, become blanks, so that a name can
 * neither move the cursor nor reorder what stands beside it.
 */
public final class Safe {
  /** The longest name that is shown whole. */
  public static final int NAME_CHARS = 60;

  private static final Pattern UNSAFE =
      Pattern.compile("[\\p{Cntrl}\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}\\s]+");

  private Safe() {}

  /** The text on one line. */
  public static String line(String text) {
    return UNSAFE.matcher(text).replaceAll(" ").strip();
  }

  /** The text on one line of at most this many columns; what is left out shows as an ellipsis. */
  public static String cut(String text, int columns) {
    // The line's regular expression need not see a megabyte to show a line of it.
    String line = line(text.length() > 20 * columns ? text.substring(0, 20 * columns) : text);
    return shorten(line, columns);
  }

  /** As {@link #cut} for a line that is safe already; its blanks stay. */
  static String shorten(String line, int columns) {
    if (columns(line) <= columns) {
      return line;
    }
    StringBuilder kept = new StringBuilder();
    int used = 1;
    for (int i = 0; i < line.length(); ) {
      int point = line.codePointAt(i);
      used += columns(point);
      if (used > columns) {
        break;
      }
      kept.appendCodePoint(point);
      i += Character.charCount(point);
    }
    return kept.toString().stripTrailing() + "…";
  }

  /** A name of at most {@link #NAME_CHARS} columns. */
  public static String name(String text) {
    return cut(text, NAME_CHARS);
  }

  /** How many columns a terminal needs for the text. */
  public static int columns(String text) {
    return text.codePoints().map(Safe::columns).sum();
  }

  private static int columns(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean isWide =
        point >= 0x1100
            && (point <= 0x115f
                || (point >= 0x2e80 && point <= 0xa4cf)
                || (point >= 0xac00 && point <= 0xd7a3)
                || (point >= 0xf900 && point <= 0xfaff)
                || (point >= 0xfe30 && point <= 0xfe6f)
                || (point >= 0xff00 && point <= 0xff60)
                || (point >= 0xffe0 && point <= 0xffe6)
                || (point >= 0x1f300 && point <= 0x1faff)
                || (point >= 0x20000 && point <= 0x3fffd));
    return isWide ? 2 : 1;
  }
}
