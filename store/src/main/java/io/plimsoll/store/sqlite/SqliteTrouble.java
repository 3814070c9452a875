// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.sqlite;

import io.plimsoll.store.StoreException;
import io.plimsoll.store.StoreException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says in one line what is wrong with a database file, and the way out. */
final class SqliteTrouble {
  private final Path file;
  private final Duration busyTimeout;

  SqliteTrouble(Path file, Duration busyTimeout) {
    this.file = file;
    this.busyTimeout = busyTimeout;
  }

  StoreException of(SQLException cause) {
    if (!(cause instanceof SQLiteException sqlite)) {
      return unavailable("failed (" + oneLine(cause) + ")", cause);
    }
    // The lowest byte is the primary code; the rest details it.
    int primary = sqlite.getResultCode().code & 0xff;
    if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
      return unavailable("cannot be written: the disk is full; free space on it", cause);
    }
    if (primary == SQLiteErrorCode.SQLITE_READONLY.code) {
      return unavailable(
          "cannot be written: the file or its folder is read-only; make it writable or name another"
              + " data folder",
          cause);
    }
    if (primary == SQLiteErrorCode.SQLITE_CANTOPEN.code) {
      return unavailable(cannotOpen(), cause);
    }
    if (primary == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return unavailable("is not an SQLite database; name another file or move it away", cause);
    }
    if (primary == SQLiteErrorCode.SQLITE_CORRUPT.code) {
      return unavailable("is damaged; restore it from a copy or move it away", cause);
    }
    if (primary == SQLiteErrorCode.SQLITE_BUSY.code
        || primary == SQLiteErrorCode.SQLITE_LOCKED.code) {
      return unavailable(
          "has been locked by another process for "
              + busyTimeout.toMillis()
              + " ms; stop that process",
          cause);
    }
    if (primary == SQLiteErrorCode.SQLITE_IOERR.code) {
      return unavailable(
          "cannot be read or written (" + oneLine(cause) + "); check the disk it lies on", cause);
    }
    return unavailable("failed (" + oneLine(cause) + ")", cause);
  }

  StoreException ofFolder(IOException cause) {
    return unavailable(
        "cannot be made: its folder cannot be made ("
            + oneLine(cause)
            + "); name a writable data folder",
        cause);
  }

  private String cannotOpen() {
    if (Files.isDirectory(file)) {
      return "is a folder; name a file";
    }
    return "cannot be opened: the folder is missing or not writable; make it writable or name"
        + " another data folder";
  }

  private StoreException unavailable(String what, Exception cause) {
    return new StoreException(Code.UNAVAILABLE, "store " + file + " " + what, cause);
  }

  private static String oneLine(Exception cause) {
    String message =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return message.lines().findFirst().orElse(message).strip();
  }
}
