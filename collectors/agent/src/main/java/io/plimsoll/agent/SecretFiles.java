// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says which files with secrets others can read. */
final class SecretFiles {
  private SecretFiles() {}

  /** One line with the way out, or null when only the owner and the owner's group can read it. */
  static @Nullable String complaint(String path) {
    try {
      Set<PosixFilePermission> open = Files.getPosixFilePermissions(Paths.get(path));
      return open.contains(PosixFilePermission.OTHERS_READ)
          ? path + " can be read by every user of this machine: chmod o-r it if it holds secrets"
          : null;
    } catch (IOException | UnsupportedOperationException | SecurityException unknown) {
      // Gone since it was read, or a file system without owners: nothing to complain about.
      return null;
    }
  }
}
