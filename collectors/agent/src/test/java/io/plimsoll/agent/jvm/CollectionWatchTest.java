// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.agent.emit.Outbox;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import org.junit.jupiter.api.Test;

class CollectionWatchTest {
  @Test
  void aWatchThatIsClosedIsNoListenerOfAnyCollector() {
    CollectionWatch watch = new CollectionWatch(new Outbox(), 0);
    watch.listen();
    watch.close();
    assertThat(ManagementFactory.getGarbageCollectorMXBeans()).isNotEmpty();
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      assertThatThrownBy(() -> ((NotificationEmitter) collector).removeNotificationListener(watch))
          .isInstanceOf(ListenerNotFoundException.class);
    }
    watch.close();
  }
}
