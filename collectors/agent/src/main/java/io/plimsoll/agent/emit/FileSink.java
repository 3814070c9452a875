// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import io.plimsoll.wire.codec.EnvelopeRecording;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Appends envelopes to a recording that rolls: when the next envelope would make it larger than its
 * share, it is moved aside to {@code NAME.1}, the one there before to {@code NAME.2} and so on, and
 * begun anew. All files together stay within files times size, an envelope larger than a file
 * aside. What a full disk refuses is counted, and cut off again where it was half written; the next
 * envelope tries anew.
 */
final class FileSink implements Sink {
  private final File file;
  private final long largestBytes;
  private final int files;
  private final Loss loss;
  private final Consumer<String> trouble;
  private @Nullable OutputStream out;
  private long written;
  private boolean failing;

  /**
   * @param files how many there may be, the one that is written among them
   * @param trouble told once, when writing begins to fail
   */
  FileSink(File file, long largestBytes, int files, Loss loss, Consumer<String> trouble) {
    this.file = file;
    this.largestBytes = largestBytes;
    this.files = files;
    this.loss = loss;
    this.trouble = trouble;
  }

  @Override
  public void accept(Packet packet) {
    try {
      ByteArrayOutputStream record = new ByteArrayOutputStream(packet.bytes().length + 16);
      EnvelopeRecording.write(record, packet.bytes());
      OutputStream open = open(record.size());
      record.writeTo(open);
      written += record.size();
      failing = false;
      packet.sent(loss);
    } catch (IOException refused) {
      loss.sendFailure();
      packet.lost(loss);
      failing = true;
      trouble.accept("file=" + file + " cannot be written (" + refused.getMessage() + ")");
      close();
      cutOff();
    }
  }

  @Override
  public void pump() {
    // Each envelope is told to the kernel as it comes: nothing waits.
  }

  @Override
  public boolean healthy() {
    return !failing;
  }

  @Override
  public int level() {
    return Coarsening.NONE;
  }

  @Override
  public long unsentBytes() {
    return 0;
  }

  @Override
  public void showUnsent(Consumer<Packet> to) {
    // What the kernel took survives the process.
  }

  @Override
  public boolean finish(long timeoutMillis) {
    close();
    return true;
  }

  private OutputStream open(int more) throws IOException {
    OutputStream open = out;
    if (open != null && written + more > largestBytes) {
      close();
      open = null;
    }
    if (open == null) {
      File folder = file.getAbsoluteFile().getParentFile();
      if (folder != null && !folder.isDirectory() && !folder.mkdirs() && !folder.isDirectory()) {
        throw new IOException("cannot make the folder " + folder);
      }
      written = file.length();
      if (written > 0 && written + more > largestBytes) {
        roll();
      }
      open = new FileOutputStream(file, true);
      out = open;
      if (written == 0) {
        ByteArrayOutputStream magic = new ByteArrayOutputStream(8);
        EnvelopeRecording.start(magic);
        magic.writeTo(open);
        written = magic.size();
      }
    }
    return open;
  }

  private void roll() throws IOException {
    for (int i = files - 1; i >= 1; i--) {
      File from = i == 1 ? file : aside(i - 1);
      File to = aside(i);
      if (from.exists() && !(from.renameTo(to) || (to.delete() && from.renameTo(to)))) {
        throw new IOException("cannot move it aside to " + to);
      }
    }
    if (files <= 1 && !file.delete()) {
      throw new IOException("cannot begin it anew");
    }
    written = 0;
  }

  private File aside(int number) {
    return new File(file.getPath() + "." + number);
  }

  /** An envelope that is half there would make all behind it unreadable. */
  private void cutOff() {
    if (file.length() > written) {
      try (RandomAccessFile half = new RandomAccessFile(file, "rw")) {
        half.setLength(written);
      } catch (IOException stays) {
        loss.sendFailure();
      }
    }
  }

  private void close() {
    OutputStream open = out;
    out = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException refused) {
        loss.sendFailure();
      }
    }
  }
}
