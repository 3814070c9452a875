// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import java.io.IOException;

/** An open connection to a message bus or a server. */
interface Transport {
  /** Told once per packet, on any thread, possibly before {@link #send} returns. */
  interface Receipt {
    void sent();

    /**
     * The bus did not take the packet.
     *
     * @param again whether trying again later makes sense
     * @param reason one line for the operator, without secrets
     */
    void refused(boolean again, String reason);
  }

  /** Makes a transport; may fail where the far side's name does not resolve. */
  interface Opener {
    Transport open() throws IOException;
  }

  /** May block for about a second where the bus is away. */
  void send(Packet packet, Receipt receipt);

  /** Waits for packets on their way for at most the time given. */
  void close(long timeoutMillis);
}
