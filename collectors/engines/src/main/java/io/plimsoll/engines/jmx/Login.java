// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.jmx;

import io.plimsoll.engines.component.SourceException;
import io.plimsoll.engines.component.SourceException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * A user and a password, from a file that holds nothing else: {@code user password} on its first
 * line that is neither empty nor a comment, as in the JVM's own jmxremote.password.
 */
public final class Login {
  private static final long FILE_LIMIT_BYTES = 64L << 10;

  private final String user;
  private final String password;

  private Login(String user, String password) {
    this.user = user;
    this.password = password;
  }

  public static Login read(Path file) throws SourceException {
    try {
      if (Files.size(file) > FILE_LIMIT_BYTES) {
        throw new SourceException(Code.BAD_INPUT, file + " is too large for a password file");
      }
      return parse(Files.readAllLines(file, StandardCharsets.UTF_8), file);
    } catch (IOException e) {
      throw new SourceException(Code.BAD_INPUT, "cannot read password file " + file, e);
    }
  }

  private static Login parse(List<String> lines, Path file) throws SourceException {
    for (String line : lines) {
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        String[] words = text.split("\\s+", 2);
        if (words.length == 2) {
          return new Login(words[0], words[1]);
        }
      }
    }
    throw new SourceException(Code.BAD_INPUT, file + " holds no line 'user password'");
  }

  String user() {
    return user;
  }

  String password() {
    return password;
  }

  /** The value of an HTTP Authorization header. */
  public String basic() {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "Login[" + user + "]";
  }
}
