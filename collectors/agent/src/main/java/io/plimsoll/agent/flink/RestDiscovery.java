// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.flink;

import io.plimsoll.agent.emit.Outbox;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Stream;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Tells where a JobManager's REST server listens, once it does: the port is known only then, where
 * a range or an ephemeral one is configured. Public because Flink's classes call it.
 */
public final class RestDiscovery {
  private static volatile @Nullable Outbox outbox;

  private RestDiscovery() {}

  /** From now on addresses go to this outbox. */
  public static void install(Outbox to) {
    outbox = to;
  }

  /** {@code RestServerEndpoint.start} returns. */
  public static void started(Object endpoint) {
    Outbox to = outbox;
    if (to == null) {
      return;
    }
    try {
      String address = address(endpoint);
      if (address != null) {
        to.event(
            EngineEvent.builder(EventKind.FLINK_REST, System.currentTimeMillis())
                .put(EventText.REST_ADDRESS, address)
                .build());
      }
    } catch (Throwable swallowed) {
      to.lost(Stream.EVENTS);
    }
  }

  /** The endpoint's own base URL: it knows its scheme, its advertised host and its bound port. */
  static @Nullable String address(Object endpoint) throws ReflectiveOperationException {
    for (Class<?> type = endpoint.getClass(); type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals("getRestBaseUrl") && method.getParameterTypes().length == 0) {
          method.setAccessible(true);
          Object url = method.invoke(endpoint);
          return url == null ? null : url.toString();
        }
      }
    }
    return null;
  }
}
