// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.page;

import io.plimsoll.standalone.terminal.Safe;

/** HTML text under construction; whatever comes from outside goes through {@link #text}. */
final class Markup {
  /** Longer foreign texts are cut: a page stays readable whatever a name is. */
  private static final int MOST_COLUMNS = 600;

  private final StringBuilder html = new StringBuilder();

  /** Our own markup, as it is. */
  Markup raw(String markup) {
    html.append(markup);
    return this;
  }

  /** Foreign text: on one line, cut and escaped. */
  Markup text(String text) {
    html.append(escape(Safe.cut(text, MOST_COLUMNS)));
    return this;
  }

  /** An element with foreign text in it. */
  Markup element(String name, String text) {
    return element(name, "", text);
  }

  /**
   * An element with foreign text in it.
   *
   * @param type its class, our own word; empty for none
   */
  Markup element(String name, String type, String text) {
    open(name, type).text(text);
    return close(name);
  }

  Markup open(String name, String type) {
    html.append('<').append(name);
    if (!type.isEmpty()) {
      html.append(" class=\"").append(type).append('"');
    }
    html.append('>');
    return this;
  }

  Markup close(String name) {
    html.append("</").append(name).append('>');
    return this;
  }

  /** Safe inside an element and inside a quoted attribute. */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }

  @Override
  public String toString() {
    return html.toString();
  }
}
