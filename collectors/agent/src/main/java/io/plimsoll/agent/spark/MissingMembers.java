// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventText;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What this version of the engine does not have; each member is noted once. Any thread. */
final class MissingMembers {
  private static final int MOST = 100;

  private final TreeSet<String> names = new TreeSet<>();
  private boolean grown;

  synchronized void note(Class<?> type, String member) {
    if (names.size() < MOST) {
      String name = type.getName();
      grown |= names.add(name.substring(name.lastIndexOf('.') + 1) + "." + member);
    }
  }

  /** All that is known to be missing, when that is more than was told before; else null. */
  synchronized @Nullable EngineEvent news(long epochMillis) {
    if (!grown) {
      return null;
    }
    grown = false;
    return EngineEvent.builder(EventKind.MEMBERS_MISSING, epochMillis)
        .put(EventText.MISSING_MEMBERS, String.join(",", names))
        .build();
  }
}
