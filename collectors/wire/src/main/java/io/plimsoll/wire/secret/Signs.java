// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.secret;

import java.util.Arrays;

/**
 * A fast look over a text for the bits of words without which a pattern of {@link Redaction} cannot
 * match. What a pattern hides can neither hold nor complete a sign, so one look serves them all.
 */
final class Signs {
  static final int URL = 1;
  static final int THIN = 1 << 1;
  static final int AUTHORIZATION = 1 << 2;
  static final int IDENTIFIED = 1 << 3;
  static final int SIGNATURE = 1 << 4;
  static final int SCHEME = 1 << 5;
  static final int KNOWN_TOKEN = 1 << 6;
  static final int PRIVATE = 1 << 7;
  static final int ALL = (1 << 11) - 1;

  /** A word that sounds like a secret. */
  private static final int WORD = 1 << 8;

  /** A word that sounds like a secret only where a key is. */
  private static final int KEY_OWNER = 1 << 9;

  private static final int KEY = 1 << 10;

  /** The signs by their first letter, of either case; most letters have none. */
  private static final Sign[][] BY_FIRST = new Sign[128][];

  static {
    add(WORD, "secret", "passw", "passphrase", "pwd", "token", "credential", "sas", "jaas.");
    add(WORD, "http", "sharedaccess");
    add(WORD | AUTHORIZATION, "auth");
    add(KEY_OWNER, "access", "api", "account", "shared", "encryption", "service");
    add(KEY_OWNER | PRIVATE, "private");
    add(KEY, "key");
    add(IDENTIFIED, "identified");
    add(URL, "://");
    add(THIN, "jdbc:oracle");
    add(SIGNATURE, "sig=");
    add(SCHEME, "bearer", "basic");
    add(KNOWN_TOKEN, "akia", "asia", "eyj", "gh", "glpat-", "xox", "aiza", "dapi");
  }

  private Signs() {}

  /** Which signs are in the text, in either case. */
  static int in(String text) {
    int found = 0;
    for (int i = 0; i < text.length() && found != ALL; i++) {
      char c = text.charAt(i);
      if (c < 128 && BY_FIRST[c] != null) {
        found |= at(i, text, BY_FIRST[c]);
      }
    }
    return found;
  }

  static boolean have(int signs, int wanted) {
    return (signs & wanted) != 0;
  }

  /** Whether a word that sounds like a secret may be there. */
  static boolean haveWord(int signs) {
    return have(signs, WORD) || have(signs, KEY_OWNER) && have(signs, KEY);
  }

  private static int at(int place, String text, Sign[] signs) {
    int found = 0;
    for (Sign sign : signs) {
      if (text.regionMatches(true, place, sign.text, 0, sign.text.length())) {
        found |= sign.meaning;
      }
    }
    return found;
  }

  private static void add(int meaning, String... texts) {
    for (String text : texts) {
      char first = text.charAt(0);
      Sign[] before = BY_FIRST[first] == null ? new Sign[0] : BY_FIRST[first];
      Sign[] after = Arrays.copyOf(before, before.length + 1);
      after[before.length] = new Sign(text, meaning);
      BY_FIRST[first] = after;
      BY_FIRST[Character.toUpperCase(first)] = after;
    }
  }

  private static final class Sign {
    private final String text;
    private final int meaning;

    Sign(String text, int meaning) {
      this.text = text;
      this.meaning = meaning;
    }
  }
}
