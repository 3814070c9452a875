// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.codec.EnvelopeRecording;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Appends envelopes to a recording. A recording that reaches its largest size is moved aside to
 * {@code NAME.1}, over an older one, and begun anew: disk use is bounded by twice that size.
 */
final class FileSink implements Sink {
  private static final long LARGEST_BYTES = 256L << 20;

  private final File file;
  private final long largestBytes;
  private final Loss loss;
  private @Nullable OutputStream out;
  private long written;
  private boolean failing;

  FileSink(File file, Loss loss) {
    this(file, LARGEST_BYTES, loss);
  }

  FileSink(File file, long largestBytes, Loss loss) {
    this.file = file;
    this.largestBytes = largestBytes;
    this.loss = loss;
  }

  @Override
  public void accept(Envelope envelope, byte[] bytes) {
    try {
      OutputStream open = open(bytes.length);
      EnvelopeRecording.write(open, envelope);
      written += bytes.length;
      failing = false;
    } catch (IOException refused) {
      loss.sendFailure();
      loss.records(
          envelope.stream(),
          envelope.samples().size() + envelope.attempts().size() + envelope.events().size());
      failing = true;
      close();
    }
  }

  @Override
  public void pump() {
    OutputStream open = out;
    if (open != null) {
      try {
        open.flush();
      } catch (IOException refused) {
        loss.sendFailure();
        failing = true;
        close();
      }
    }
  }

  @Override
  public boolean healthy() {
    return !failing;
  }

  @Override
  public void finish(long timeoutMillis) {
    pump();
    close();
  }

  private OutputStream open(int more) throws IOException {
    OutputStream open = out;
    if (open != null && written + more > largestBytes) {
      close();
      open = null;
      File aside = new File(file.getPath() + ".1");
      if (aside.delete() | file.renameTo(aside)) {
        written = 0;
      }
    }
    if (open == null) {
      File folder = file.getAbsoluteFile().getParentFile();
      if (folder != null && !folder.isDirectory() && !folder.mkdirs() && !folder.isDirectory()) {
        throw new IOException("cannot make the folder " + folder);
      }
      written = file.length();
      open = new BufferedOutputStream(new FileOutputStream(file, true));
      out = open;
      if (written == 0) {
        EnvelopeRecording.start(open);
      }
    }
    return open;
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
