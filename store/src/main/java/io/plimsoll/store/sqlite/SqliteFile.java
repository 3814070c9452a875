// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/** One database file with one connection that writes and a few idle ones that read. */
final class SqliteFile implements AutoCloseable {
  /** Work on a connection, inside a transaction. */
  interface Write {
    void on(Connection connection) throws SQLException;
  }

  /** A question to a connection. */
  interface Read<T> {
    T on(Connection connection) throws SQLException;
  }

  private static final int IDLE_READERS = 2;
  private static final int CACHE_KIBIBYTES = 4096;

  private final Path path;
  private final Duration busyTimeout;
  private final SqliteTrouble trouble;
  private final ReentrantLock writing = new ReentrantLock();
  private final Deque<Connection> idleReaders = new ArrayDeque<>();
  private @Nullable Connection writer;
  private volatile boolean closed;

  private SqliteFile(Path path, Duration busyTimeout) {
    this.path = path;
    this.busyTimeout = busyTimeout;
    this.trouble = new SqliteTrouble(path, busyTimeout);
  }

  static SqliteFile open(Path file, Duration busyTimeout) {
    SqliteFile opened = new SqliteFile(file.toAbsolutePath().normalize(), busyTimeout);
    opened.makeFolder();
    // A look first: who only opens a finished store never queues behind a busy writer.
    if (!opened.read(Schema::isCurrent)) {
      opened.write(connection -> Schema.ensure(connection, opened.path));
    }
    return opened;
  }

  Path path() {
    return path;
  }

  /** Runs the work as one transaction; a failure leaves the file as it was. */
  void write(Write work) {
    writing.lock();
    try {
      requireOpen();
      Connection connection = writer;
      if (connection == null) {
        connection = connect();
        writer = connection;
      }
      execute(connection, "BEGIN IMMEDIATE");
      work.on(connection);
      execute(connection, "COMMIT");
    } catch (SQLException e) {
      dropWriter(e);
      throw trouble.of(e);
    } catch (RuntimeException | Error e) {
      dropWriter(e);
      throw e;
    } finally {
      writing.unlock();
    }
  }

  <T> T read(Read<T> question) {
    requireOpen();
    Connection connection = null;
    boolean answered = false;
    try {
      connection = idleReader();
      if (connection == null) {
        connection = connect();
        execute(connection, "PRAGMA query_only = true");
      }
      T answer = question.on(connection);
      answered = true;
      return answer;
    } catch (SQLException e) {
      throw trouble.of(e);
    } finally {
      if (connection != null) {
        release(connection, answered);
      }
    }
  }

  @Override
  public void close() {
    writing.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      closeReaders();
      Connection connection = writer;
      writer = null;
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      throw trouble.of(e);
    } finally {
      writing.unlock();
    }
  }

  private void makeFolder() {
    Path folder = path.getParent();
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw trouble.ofFolder(e);
    }
  }

  private Connection connect() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout((int) busyTimeout.toMillis());
    config.setCacheSize(-CACHE_KIBIBYTES);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.enforceForeignKeys(true);
    return config.createConnection("jdbc:sqlite:" + path);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private @Nullable Connection idleReader() {
    synchronized (idleReaders) {
      return idleReaders.pollFirst();
    }
  }

  private void release(Connection connection, boolean reusable) {
    if (reusable) {
      synchronized (idleReaders) {
        if (!closed && idleReaders.size() < IDLE_READERS) {
          idleReaders.addFirst(connection);
          return;
        }
      }
    }
    try {
      connection.close();
    } catch (SQLException e) {
      throw trouble.of(e);
    }
  }

  private void closeReaders() throws SQLException {
    synchronized (idleReaders) {
      for (Connection reader : idleReaders) {
        reader.close();
      }
      idleReaders.clear();
    }
  }

  /** The next write starts on a fresh connection; closing rolls back. */
  private void dropWriter(Throwable cause) {
    Connection connection = writer;
    writer = null;
    if (connection != null) {
      closeBecause(cause, connection);
    }
  }

  private static void closeBecause(Throwable cause, Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("store " + path + " is closed");
    }
  }
}
