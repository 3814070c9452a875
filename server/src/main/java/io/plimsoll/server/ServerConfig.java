// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server;

import java.util.Objects;

/**
 * Where the server listens.
 *
 * @param host a name or address of this machine; the loopback address keeps others out
 * @param port 0 = any free port
 */
public record ServerConfig(String host, int port) {
  /** Nobody but this machine can connect. */
  public static final String LOOPBACK = "127.0.0.1";

  public ServerConfig {
    Objects.requireNonNull(host, "host is null");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "--port " + port + " is not a port: give a number from 0 (any free one) to 65535");
    }
  }

  /** On the loopback address. */
  public static ServerConfig onPort(int port) {
    return new ServerConfig(LOOPBACK, port);
  }
}
