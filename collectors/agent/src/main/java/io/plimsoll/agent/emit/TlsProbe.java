// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Finds out whether a port speaks TLS. It trusts every certificate, for it says and learns nothing
 * but that; the client that sends data checks certificates as its properties tell it.
 */
final class TlsProbe {
  private static final X509TrustManager ANY =
      new X509TrustManager() {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
          // Never a server.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
          // Who it is does not matter here.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
          return new X509Certificate[0];
        }
      };

  private TlsProbe() {}

  /** The connection, encrypted; closing it closes the plain one. */
  static SSLSocket handshake(String server, Socket plain, String host, int port)
      throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {ANY}, new SecureRandom());
      SSLSocket secured =
          (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
      secured.startHandshake();
      return secured;
    } catch (IOException | GeneralSecurityException plainText) {
      throw new IOException(server + " does not speak TLS (" + plainText.getMessage() + ")");
    }
  }
}
