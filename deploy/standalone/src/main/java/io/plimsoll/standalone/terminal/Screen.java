// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.terminal;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where a command's report goes: lines of at most {@link #COLUMNS} columns. Whether standard output
 * and standard error are terminals is told by the script in {@code plimsoll.terminal}, as "o", "e"
 * or both: the JVM cannot tell them apart.
 */
public final class Screen {
  /** The widest line of a report. */
  public static final int COLUMNS = 100;

  private final PrintWriter out;
  private final boolean hasColour;

  private Screen(PrintWriter out, boolean hasColour) {
    this.out = out;
    this.hasColour = hasColour;
  }

  /** The report of a command that writes there. */
  public static Screen of(PrintWriter out) {
    return of(out, System.getProperty("plimsoll.terminal", ""), System.getenv());
  }

  static Screen of(PrintWriter out, String terminals, Map<String, String> environment) {
    boolean isWanted =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb");
    return new Screen(out, terminals.contains("o") && isWanted);
  }

  /** Whether somebody watches standard error. */
  public static boolean isWatched() {
    return System.getProperty("plimsoll.terminal", "").contains("e");
  }

  boolean hasColour() {
    return hasColour;
  }

  /** An empty line. */
  public void gap() {
    out.println();
  }

  /** A line as it is: the caller keeps it short. */
  public void raw(String line) {
    out.println(line);
  }

  /** A heading, with what it says at once beside it. */
  public void heading(String title, String beside) {
    gap();
    out.println(
        Ink.BOLD.on(title, this)
            + (beside.isEmpty() ? "" : "  " + Safe.cut(beside, COLUMNS - Safe.columns(title) - 2)));
  }

  /**
   * A text wrapped at blanks.
   *
   * @param first what stands before the first line, in plain characters
   * @param indent columns before the other lines
   */
  public void text(String first, int indent, String text) {
    wrap(first, indent, text).forEach(out::println);
  }

  /** As {@link #text}, the beginning in a colour. */
  public void text(String first, Ink ink, int indent, String text) {
    List<String> lines = wrap(first, indent, text);
    out.println(ink.on(first, this) + lines.get(0).substring(first.length()));
    lines.stream().skip(1).forEach(out::println);
  }

  static List<String> wrap(String first, int indent, String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(first);
    int width = Safe.columns(first);
    boolean isEmpty = true;
    for (String word : Safe.line(text).split(" ", -1)) {
      String rest = word;
      int needed = Safe.columns(rest) + (isEmpty ? 0 : 1);
      if (!isEmpty && width + needed > COLUMNS) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(indent));
        width = indent;
        isEmpty = true;
      }
      while (Safe.columns(rest) > COLUMNS - width - (isEmpty ? 0 : 1)) {
        int fits = 0;
        int used = isEmpty ? 0 : 1;
        while (fits < rest.length()) {
          int point = rest.codePointAt(fits);
          int columns = Safe.columns(Character.toString(point));
          if (used + columns > COLUMNS - width) {
            break;
          }
          used += columns;
          fits += Character.charCount(point);
        }
        line.append(rest, 0, fits);
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(indent));
        width = indent;
        rest = rest.substring(fits);
      }
      line.append(isEmpty ? "" : " ").append(rest);
      width += Safe.columns(rest) + (isEmpty ? 0 : 1);
      isEmpty = false;
    }
    lines.add(line.toString());
    return lines;
  }

  /** Rows in columns, numbers to the right: a column is named with a leading {@code >} for that. */
  public void table(List<String> head, List<List<String>> rows) {
    int[] widths = new int[head.size()];
    List<List<String>> all = new ArrayList<>();
    all.add(head.stream().map(name -> name.replace(">", "")).toList());
    all.addAll(rows);
    for (List<String> row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], Safe.columns(row.get(i)));
      }
    }
    for (int r = 0; r < all.size(); r++) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = all.get(r).get(i);
        String pad = " ".repeat(widths[i] - Safe.columns(cell));
        line.append("  ").append(head.get(i).startsWith(">") ? pad + cell : cell + pad);
      }
      String text = Safe.shorten(line.toString().stripTrailing(), COLUMNS);
      out.println(r == 0 ? Ink.DIM.on(text, this) : text);
    }
  }

  public void flush() {
    out.flush();
  }
}
