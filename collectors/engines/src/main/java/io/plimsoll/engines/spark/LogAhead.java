// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import io.plimsoll.engines.spark.file.LineReader;
import io.plimsoll.engines.spark.file.PartStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of a log in their order, which a thread of its own unpacks and splits ahead of the
 * reader, within bounds. What both have to spare goes into reading lines before their turn. The
 * methods are for one thread; {@link #close} leaves none behind.
 */
final class LogAhead implements AutoCloseable {
  /** Longer lines are parsed as they come instead of being held. */
  static final int LONGEST_HELD_BYTES = 8 << 20;

  private static final int MOST_PIECES = 8;
  private static final int MOST_BYTES = 16 << 20;

  private enum Stage {
    /** Nobody has read its lines. */
    NEW,
    /** One of the two threads reads its lines early. */
    TAKEN,
    /** Its lines, as far as possible, have been read. */
    READ
  }

  /** A piece on its way. */
  private static final class Queued {
    private final LogPiece piece;
    private Stage stage;

    Queued(LogPiece piece) {
      this.piece = piece;
      this.stage = piece instanceof LineBatch ? Stage.NEW : Stage.READ;
    }
  }

  /** The reader wants no more. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stopped() {
      super("", null, false, false);
    }
  }

  private final List<Path> files;
  private final Thread thread;
  private final EventLines threadsEvents = new EventLines(new LogMemory());
  private final EventLines callersEvents = new EventLines(new LogMemory());

  // All below: under this object's lock.
  private final ArrayDeque<Queued> queue = new ArrayDeque<>();
  private final ArrayDeque<LineBatch> spare = new ArrayDeque<>();
  private long queuedBytes;
  private boolean isStopped;
  private boolean isAtEnd;
  private boolean isLongLineRead;
  private boolean isInterrupted;
  private boolean isCut;
  private @Nullable Throwable failure;

  /** Begins with the first of these files. */
  LogAhead(List<Path> files) {
    this.files = files;
    this.thread = new Thread(this::run, "plimsoll-log-ahead");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * The next piece, to be given back by {@link #done}; null after the last. An interruption is
   * passed on to what is being unpacked, for streams that heed it: files do not.
   */
  @Nullable LogPiece next() {
    while (true) {
      Queued ahead;
      synchronized (this) {
        if (Thread.interrupted()) {
          passOnInterruption();
        }
        rethrow();
        Queued first = queue.peek();
        if (first != null && first.stage != Stage.TAKEN) {
          queue.remove();
          queuedBytes -= first.piece.heldBytes();
          notifyAll();
          return first.piece;
        }
        if (first == null && isAtEnd) {
          return null;
        }
        ahead = takeNew();
        if (ahead == null) {
          await();
          continue;
        }
      }
      readEarly(ahead, callersEvents);
    }
  }

  /** Gives back a piece whose use has ended. */
  synchronized void done(LogPiece piece) {
    if (piece instanceof LineBatch batch && !batch.isOvergrown() && spare.size() < MOST_PIECES) {
      spare.add(batch);
    } else if (piece instanceof LogPiece.LongLine) {
      isLongLineRead = true;
      notifyAll();
    }
  }

  /** Ends the thread and waits for its end. */
  @Override
  public void close() {
    boolean wasInterrupted;
    synchronized (this) {
      isStopped = true;
      wasInterrupted = isInterrupted;
      notifyAll();
    }
    thread.interrupt();
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Throwable problem = null;
    try {
      for (int part = 0; part < files.size(); part++) {
        part(part, files.get(part));
      }
    } catch (Stopped e) {
      // The reader has closed this.
    } catch (RuntimeException | Error e) {
      problem = e;
    }
    synchronized (this) {
      failure = problem;
      isAtEnd = true;
      notifyAll();
    }
  }

  private void part(int number, Path file) {
    long rawBytes = 0;
    String damage = null;
    IOException problem = null;
    try (PartStream stream = PartStream.open(file)) {
      LineReader lines = new LineReader(stream, LONGEST_HELD_BYTES);
      lines(number, lines);
      rawBytes = lines.bytes();
      damage = stream.damage();
    } catch (IOException e) {
      problem = e;
    }
    put(new LogPiece.PartEnd(number, rawBytes, damage, problem));
  }

  private void lines(int part, LineReader lines) throws IOException {
    LineBatch batch = empty(part);
    while (lines.next()) {
      if (lines.isLong()) {
        if (batch.count() > 0) {
          put(batch);
          batch = empty(part);
        }
        lend(new LogPiece.LongLine(part, lines));
        continue;
      }
      batch.add(lines);
      if (batch.isFull()) {
        put(batch);
        batch = empty(part);
      }
    }
    if (batch.count() > 0) {
      put(batch);
    }
  }

  private LineBatch empty(int part) {
    LineBatch batch;
    synchronized (this) {
      batch = spare.poll();
    }
    if (batch == null) {
      batch = new LineBatch();
    }
    batch.clear(part);
    return batch;
  }

  /** Waits until there is room, and reads early while there is none. */
  private void put(LogPiece piece) {
    while (true) {
      Queued ahead;
      synchronized (this) {
        if (isStopped) {
          throw new Stopped();
        }
        if (hasRoom(piece)) {
          queue.add(new Queued(piece));
          queuedBytes += piece.heldBytes();
          notifyAll();
          if (isCut) {
            // For the stream to see: waiting has taken the mark away.
            Thread.currentThread().interrupt();
          }
          return;
        }
        ahead = takeNew();
        if (ahead == null) {
          await();
          continue;
        }
      }
      readEarly(ahead, threadsEvents);
    }
  }

  /** Leaves the reader of lines to the pass until it has read the long line. */
  private void lend(LogPiece.LongLine line) {
    put(line);
    synchronized (this) {
      while (!isLongLineRead) {
        if (isStopped) {
          throw new Stopped();
        }
        await();
      }
      isLongLineRead = false;
    }
  }

  private boolean hasRoom(LogPiece piece) {
    return queue.isEmpty()
        || queue.size() < MOST_PIECES && queuedBytes + piece.heldBytes() <= MOST_BYTES;
  }

  private synchronized @Nullable Queued takeNew() {
    for (Queued queued : queue) {
      if (queued.stage == Stage.NEW) {
        queued.stage = Stage.TAKEN;
        return queued;
      }
    }
    return null;
  }

  private void readEarly(Queued taken, EventLines events) {
    ((LineBatch) taken.piece).readEarly(events);
    synchronized (this) {
      taken.stage = Stage.READ;
      notifyAll();
    }
  }

  private void rethrow() {
    if (failure instanceof RuntimeException problem) {
      throw problem;
    }
    if (failure instanceof Error problem) {
      throw problem;
    }
  }

  private void passOnInterruption() {
    isInterrupted = true;
    thread.interrupt();
  }

  @SuppressWarnings("WaitNotInLoop") // whoever calls it asks again
  private synchronized void await() {
    try {
      wait();
    } catch (InterruptedException e) {
      if (Thread.currentThread() == thread) {
        isCut = true;
      } else {
        passOnInterruption();
      }
    }
  }
}
