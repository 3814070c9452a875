// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import io.plimsoll.wire.codec.EnvelopeRecording;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Posts recordings of a few envelopes each to a Plimsoll server, compressed, from one daemon thread
 * of its own. A server that is busy or away (408, 429, 5xx, no answer) gets the same envelopes
 * again later; what it calls malformed is given up, one envelope at a time, so that one bad
 * envelope does not take others with it. A wrong token or path is neither: it is tried again, for
 * the operator can mend it.
 */
final class HttpTransport implements Transport {
  /** The media type of a request's body: a recording. */
  static final String MEDIA_TYPE = "application/vnd.plimsoll.recording";

  private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
  private static final int READ_TIMEOUT_MILLIS = 10_000;
  private static final int BATCH_BYTES = 512 << 10;
  private static final int MOST_DRAINED_BYTES = 64 << 10;
  private static final long PAUSE_NANOS = 500_000_000L;
  private static final int LARGEST_TOKEN_BYTES = 16 << 10;

  private static final class Waiting {
    private final Packet packet;
    private final Receipt receipt;
    private boolean told;

    private Waiting(Packet packet, Receipt receipt) {
      this.packet = packet;
      this.receipt = receipt;
    }

    private void sent() {
      told = true;
      receipt.sent();
    }

    private void refused(boolean again, String reason) {
      if (!told) {
        told = true;
        receipt.refused(again, reason);
      }
    }
  }

  private final URL address;
  private final @Nullable File tokenFile;
  private final int connectMillis;
  private final int readMillis;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private final Thread thread = new Thread(this::work, "plimsoll-http");
  private boolean closing;
  private boolean busy;
  private long errors;

  private HttpTransport(URL address, @Nullable File tokenFile, int connectMillis, int readMillis) {
    this.address = address;
    this.tokenFile = tokenFile;
    this.connectMillis = connectMillis;
    this.readMillis = readMillis;
  }

  /**
   * Looks whether something listens there and starts the thread.
   *
   * @throws IOException when nothing does
   */
  static HttpTransport open(String address, String tokenFile) throws IOException {
    return open(address, tokenFile, CONNECT_TIMEOUT_MILLIS, READ_TIMEOUT_MILLIS);
  }

  /** The same with other bounds on each connect and each answer. */
  static HttpTransport open(String address, String tokenFile, int connectMillis, int readMillis)
      throws IOException {
    URL url = new URL(address);
    int port = url.getPort() < 0 ? url.getDefaultPort() : url.getPort();
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(url.getHost().replaceAll("^\\[|]$", ""), port), connectMillis);
    } catch (UnknownHostException unknown) {
      throw new IOException("no such host", unknown);
    }
    HttpTransport transport =
        new HttpTransport(
            url, tokenFile.isEmpty() ? null : new File(tokenFile), connectMillis, readMillis);
    transport.thread.setDaemon(true);
    transport.thread.setUncaughtExceptionHandler(HttpTransport::keepFromTheHost);
    transport.thread.start();
    return transport;
  }

  @Override
  public void send(Packet packet, Receipt receipt) {
    synchronized (queue) {
      if (!closing) {
        queue.addLast(new Waiting(packet, receipt));
        queue.notifyAll();
        return;
      }
    }
    receipt.refused(false, "the agent ends");
  }

  @Override
  public void close(long timeoutMillis) {
    List<Waiting> left;
    synchronized (queue) {
      closing = true;
      queue.notifyAll();
      long deadline = System.nanoTime() + timeoutMillis * 1_000_000L;
      long millis = timeoutMillis;
      while (millis > 0 && (busy || !queue.isEmpty())) {
        try {
          queue.wait(millis);
        } catch (InterruptedException hurried) {
          Thread.currentThread().interrupt();
          break;
        }
        millis = (deadline - System.nanoTime()) / 1_000_000L;
      }
      left = new ArrayList<>(queue);
      queue.clear();
    }
    for (Waiting unsent : left) {
      unsent.refused(false, "the agent ends");
    }
    thread.interrupt();
  }

  /** Goes on whatever happens: a thread that ends would be a sink that is dead and says nothing. */
  private void work() {
    List<Waiting> batch = new ArrayList<>();
    boolean isOver = false;
    while (!isOver) {
      try {
        next(batch);
        deliver(batch);
      } catch (Throwable failed) {
        giveBack(batch, failed);
      }
      synchronized (queue) {
        isOver = closing && queue.isEmpty();
        batch.clear();
        busy = false;
        queue.notifyAll();
      }
    }
  }

  /** The host may be out of memory: nothing is made here, and there is a pause behind it. */
  private void giveBack(List<Waiting> batch, Throwable failed) {
    for (Waiting untold : batch) {
      try {
        untold.refused(true, failed.getClass().getName());
      } catch (Throwable again) {
        errors++;
      }
    }
    errors++;
    LockSupport.parkNanos(this, PAUSE_NANOS);
  }

  /** Hosts such as Spark's executors end their JVM on any thread's uncaught error. */
  private static void keepFromTheHost(Thread thread, Throwable error) {
    // Only what befalls the loop's own few statements comes here.
  }

  /** Waits for work and moves it there; nothing when there will be none. */
  private void next(List<Waiting> batch) {
    synchronized (queue) {
      while (queue.isEmpty() && !closing) {
        try {
          queue.wait();
        } catch (InterruptedException closed) {
          closing = true;
        }
      }
      int bytes = 0;
      while (!queue.isEmpty() && (batch.isEmpty() || bytes < BATCH_BYTES)) {
        Waiting waiting = queue.getFirst();
        batch.add(waiting);
        queue.removeFirst();
        bytes += waiting.packet.bytes().length;
      }
      busy = !batch.isEmpty();
    }
  }

  private void deliver(List<Waiting> batch) {
    if (batch.isEmpty()) {
      return;
    }
    int status;
    String reason;
    try {
      status = post(batch);
      reason = "it answers " + status;
    } catch (IOException | RuntimeException away) {
      status = -1;
      reason = away.getMessage() == null ? away.getClass().getSimpleName() : away.getMessage();
    }
    if (status / 100 == 2) {
      for (Waiting sent : batch) {
        sent.sent();
      }
    } else if ((status == 400 || status == 413) && batch.size() > 1) {
      for (Waiting alone : batch) {
        deliver(java.util.Collections.singletonList(alone));
      }
    } else {
      for (Waiting refused : batch) {
        refused.refused(status != 400 && status != 413, reason);
      }
    }
  }

  private int post(List<Waiting> batch) throws IOException {
    byte[] body = body(batch);
    HttpURLConnection connection = (HttpURLConnection) address.openConnection();
    connection.setConnectTimeout(connectMillis);
    connection.setReadTimeout(readMillis);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(body.length);
    connection.setRequestMethod("POST");
    connection.setRequestProperty("Content-Type", MEDIA_TYPE);
    connection.setRequestProperty("Content-Encoding", "gzip");
    connection.setRequestProperty("User-Agent", "plimsoll-agent");
    File secret = tokenFile;
    if (secret != null) {
      connection.setRequestProperty("Authorization", "Bearer " + token(secret));
    }
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body);
    }
    int status = connection.getResponseCode();
    drain(status < 400 ? connection.getInputStream() : connection.getErrorStream());
    return status;
  }

  private static byte[] body(List<Waiting> batch) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(4 << 10);
    try (OutputStream out = new GZIPOutputStream(body, 4 << 10)) {
      EnvelopeRecording.start(out);
      for (Waiting waiting : batch) {
        EnvelopeRecording.write(out, waiting.packet.bytes());
      }
    }
    return body.toByteArray();
  }

  /** The file's first line, read anew for each request: tokens are changed while jobs run. */
  private static String token(File file) throws IOException {
    if (file.length() > LARGEST_TOKEN_BYTES) {
      throw new IOException(file + " is too large for a token");
    }
    byte[] bytes = java.nio.file.Files.readAllBytes(file.toPath());
    String text = new String(bytes, StandardCharsets.US_ASCII).trim();
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end).trim();
  }

  /** Reads an answer to its end, so that the connection serves the next request. */
  private static void drain(@Nullable InputStream answer) throws IOException {
    if (answer == null) {
      return;
    }
    try (InputStream in = answer) {
      byte[] buffer = new byte[1 << 10];
      int total = 0;
      int read = in.read(buffer);
      while (read >= 0 && total < MOST_DRAINED_BYTES) {
        total += read;
        read = in.read(buffer);
      }
    }
  }
}
