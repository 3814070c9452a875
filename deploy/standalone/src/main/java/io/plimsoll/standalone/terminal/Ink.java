// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.terminal;

/** Colours, where somebody looks and wants them. */
public enum Ink {
  BOLD("1"),
  DIM("2"),
  RED("31"),
  GREEN("32"),
  YELLOW("33"),
  CYAN("36");

  private final String code;

  Ink(String code) {
    this.code = code;
  }

  /** The text between escape sequences, or as it is when the terminal has no colours. */
  public String on(String text, Screen screen) {
    return screen.hasColour() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
