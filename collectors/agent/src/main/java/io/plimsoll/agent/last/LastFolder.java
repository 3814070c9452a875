// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.last;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The folder of a user's last-record files. It is the user's own, closed to everybody else: what is
 * in there is sent on, and a folder for temporary files is open to all.
 */
final class LastFolder {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private LastFolder() {}

  /** Where files go when nobody says where. */
  static File standard() {
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
    return new File(System.getProperty("java.io.tmpdir", "/tmp"), "plimsoll-last-" + user);
  }

  /**
   * Makes the folder when it is not there.
   *
   * @throws IOException when it cannot be made, or belongs to somebody else, or is open to others
   */
  static void prepare(File folder) throws IOException {
    Path path = folder.toPath();
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      Path parent = path.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      try {
        Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      } catch (java.nio.file.FileAlreadyExistsException raced) {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          throw new IOException("it is no folder", raced);
        }
      }
    }
    if (!Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(ownerOfThisProcess())) {
      throw new IOException("it belongs to another user");
    }
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
    if (!OWNER_ONLY.containsAll(found)) {
      Files.setPosixFilePermissions(path, OWNER_ONLY);
    }
  }

  private static Object ownerOfThisProcess() throws IOException {
    return Files.getOwner(new File("/proc/self").getCanonicalFile().toPath());
  }
}
