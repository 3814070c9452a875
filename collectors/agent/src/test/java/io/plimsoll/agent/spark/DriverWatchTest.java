// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriverWatchTest {
  /** The members of a bus with its own type of listener, and of an older one with any. */
  public static final class NewBus {
    final List<Object> listeners = new ArrayList<>();

    public void removeListener(Runnable listener) {
      listeners.remove(listener);
    }
  }

  public static final class OldBus {
    final List<Object> listeners = new ArrayList<>();

    public void removeListener(Object listener) {
      listeners.remove(listener);
    }
  }

  @Test
  void aListenerLeavesTheBusOfAnySpark() throws ReflectiveOperationException {
    Runnable listener = () -> {};
    NewBus now = new NewBus();
    now.listeners.add(listener);
    DriverWatch.leave(now, listener);
    assertThat(now.listeners).isEmpty();

    OldBus before = new OldBus();
    before.listeners.add(listener);
    DriverWatch.leave(before, listener);
    assertThat(before.listeners).isEmpty();

    DriverWatch.leave("a bus of another kind", listener);
  }
}
