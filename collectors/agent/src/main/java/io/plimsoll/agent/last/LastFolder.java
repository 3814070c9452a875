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

  private static final int WRITTEN_BY_OTHERS = 0x12;
  private static final int STICKY = 0x200;

  private LastFolder() {}

  /** Where files go when nobody says where. */
  static File standard() {
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
    return new File(System.getProperty("java.io.tmpdir", "/tmp"), "plimsoll-last-" + user);
  }

  /**
   * Makes the folder when it is not there. One that is there and not this user's alone stays as it
   * is: the files then go into a folder of the user's own in it.
   *
   * @return where the files go
   * @throws IOException when the folder cannot be made, or others could put theirs in its place
   */
  static File prepare(File folder) throws IOException {
    Path path = folder.toPath();
    make(path);
    if (isOwnAlone(path)) {
      return folder;
    }
    int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & WRITTEN_BY_OTHERS) != 0 && (mode & STICKY) == 0) {
      throw new IOException(
          "others may replace what is in it; name a folder that only this user can write to");
    }
    File own = new File(folder, standard().getName());
    make(own.toPath());
    if (!isOwnAlone(own.toPath())) {
      throw new IOException(
          own.getName() + " in it is not this user's alone; remove it or name another folder");
    }
    return own;
  }

  private static void make(Path path) throws IOException {
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
  }

  private static boolean isOwnAlone(Path path) throws IOException {
    return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(ownerOfThisProcess())
        && OWNER_ONLY.containsAll(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }

  private static Object ownerOfThisProcess() throws IOException {
    return Files.getOwner(new File("/proc/self").getCanonicalFile().toPath());
  }
}
