// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * Asks a bootstrap server one small question before a Kafka client is made for it. A client
 * believes the first four bytes of any answer and allocates as much: a web server or a TLS port
 * would make it take a gigabyte of the host's heap. It also keeps the client, which is dear to
 * load, out of a host whose brokers are away.
 */
final class KafkaProbe {
  private static final int TIMEOUT_MILLIS = 1_000;
  private static final int LARGEST_ANSWER_BYTES = 1 << 20;
  private static final int API_VERSIONS = 18;
  private static final int CORRELATION = 0x504c494d;

  private KafkaProbe() {}

  /**
   * Those of the servers (with commas between) that answer like Kafka; where the traffic is
   * encrypted, those that do so behind a TLS handshake, or ask for a certificate there.
   *
   * @throws IOException when none does
   */
  static String answering(String servers, boolean encrypted) throws IOException {
    return answering(servers, encrypted, TIMEOUT_MILLIS);
  }

  /** The same with another bound on each connect and each answer. */
  static String answering(String servers, boolean encrypted, int timeoutMillis) throws IOException {
    List<String> good = new ArrayList<>();
    IOException last = new IOException("no server is given");
    for (String server : servers.split(",")) {
      try {
        ask(server, encrypted, timeoutMillis);
        good.add(server);
      } catch (IOException away) {
        last = away;
      }
    }
    if (good.isEmpty()) {
      throw last;
    }
    return String.join(",", good);
  }

  private static void ask(String server, boolean encrypted, int timeoutMillis) throws IOException {
    int colon = server.lastIndexOf(':');
    String host = server.substring(0, colon).replaceAll("^\\[|]$", "");
    int port = Integer.parseInt(server.substring(colon + 1));
    try (Socket plain = new Socket()) {
      try {
        plain.connect(new InetSocketAddress(host, port), timeoutMillis);
      } catch (UnknownHostException unknown) {
        throw new IOException(server + ": no such host", unknown);
      } catch (IOException away) {
        throw new IOException(server + ": " + away.getMessage(), away);
      }
      plain.setSoTimeout(timeoutMillis);
      if (!encrypted) {
        requireKafka(server, plain);
        return;
      }
      SSLSocket secured = TlsProbe.handshake(server, plain, host, port);
      try {
        requireKafka(server, secured);
      } catch (SSLException wantsCertificate) {
        // It speaks TLS and asks who we are, which only the real client can tell.
        return;
      }
    }
  }

  private static void requireKafka(String server, Socket socket) throws IOException {
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    byte[] request = new byte[14];
    java.nio.ByteBuffer.wrap(request)
        .putInt(request.length - Integer.BYTES)
        .putShort((short) API_VERSIONS)
        .putShort((short) 0)
        .putInt(CORRELATION)
        .putShort((short) -1);
    try {
      out.write(request);
      out.flush();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      int length = in.readInt();
      if (length < 6 || length > LARGEST_ANSWER_BYTES || in.readInt() != CORRELATION) {
        throw new IOException(server + " does not speak Kafka's protocol");
      }
    } catch (EOFException | SocketTimeoutException silent) {
      throw new IOException(server + " does not answer like Kafka", silent);
    }
  }
}
