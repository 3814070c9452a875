// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import io.plimsoll.agent.emit.Outbox;
import io.plimsoll.wire.Stream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Stands behind the proxy on Spark's listener bus: turns what it understands into events. */
final class BusListener implements InvocationHandler {
  private final Outbox outbox;
  private final SparkEvents events;
  private final AtomicBoolean off;
  private volatile boolean ended;

  BusListener(Outbox outbox, SparkEvents events) {
    this(outbox, events, new AtomicBoolean());
  }

  /**
   * @param off once true, every callback returns at once
   */
  BusListener(Outbox outbox, SparkEvents events, AtomicBoolean off) {
    this.off = off;
    this.outbox = outbox;
    this.events = events;
  }

  /** Even counting may need a class that a replaced jar no longer has: Spark must not see that. */
  private void count() {
    try {
      outbox.lost(Stream.EVENTS);
    } catch (Throwable uncounted) {
      // Nobody is left to tell.
    }
  }

  /** Whether the application has announced its end. */
  boolean isEnded() {
    return ended;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
    if (method.getDeclaringClass() == Object.class) {
      switch (method.getName()) {
        case "equals":
          return arguments != null && proxy == arguments[0];
        case "hashCode":
          return System.identityHashCode(proxy);
        default:
          return "PlimsollListener";
      }
    }
    if (!off.get() && arguments != null && arguments.length == 1) {
      try {
        events.read(method.getName(), arguments[0], outbox::event);
      } catch (Throwable unreadable) {
        count();
      }
      if (method.getName().equals("onApplicationEnd")) {
        ended = true;
      }
    }
    return null;
  }
}
