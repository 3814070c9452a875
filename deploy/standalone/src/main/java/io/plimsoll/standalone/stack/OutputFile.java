// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that the user asked for. */
public final class OutputFile {
  private OutputFile() {}

  /**
   * Says at once what would fail after long work.
   *
   * @param file null when none was asked for
   * @throws ProblemException when the file cannot be written
   */
  public static void requireWritable(String option, @Nullable Path file) {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    boolean fits =
        Files.exists(file)
            ? !Files.isDirectory(file) && Files.isWritable(file)
            : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    if (!fits) {
      throw new ProblemException(
          option
              + " "
              + file
              + " cannot be written; name a file in a folder that exists and can be");
    }
  }

  /**
   * Writes it.
   *
   * @throws ProblemException when that fails
   */
  public static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw problem(file, e);
    }
  }

  /** What went wrong and the way out. */
  public static ProblemException problem(Path file, IOException e) {
    return new ProblemException(
        "cannot write " + file + " (" + e + "); name a file in a folder that can be written", e);
  }
}
