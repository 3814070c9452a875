// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Role;
import io.plimsoll.wire.Stream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts the events of a log into envelopes of its driver, cut by the events alone. */
final class EventBatches implements EventSink {
  private static final int MOST_EVENTS = 200;
  private static final int MOST_CHARS = 200_000;

  /** The application tells its id within the first lines; a log without it is named instead. */
  private static final int MOST_NAMELESS = 2_000;

  private final String cluster;
  private final String logName;
  private final LogMemory memory;
  private final Consumer<Envelope> consumer;
  private final List<EngineEvent> batch = new ArrayList<>();
  private ProcessIdentity.@Nullable Builder identity;
  private boolean isNamed;
  private long startMillis;
  private long sequence;
  private int chars;

  EventBatches(String cluster, String logName, LogMemory memory, Consumer<Envelope> consumer) {
    this.cluster = cluster;
    this.logName = logName;
    this.memory = memory;
    this.consumer = consumer;
  }

  @Override
  public void accept(LogPosition position, EngineEvent event) {
    if (startMillis == 0 || event.kind() == EventKind.APPLICATION_STARTED && identity == null) {
      startMillis = event.epochMillis();
    }
    boolean isAboutLog = event.kind() == EventKind.LOG_READ || event.kind() == EventKind.LOG_BROKEN;
    int size = isAboutLog ? 0 : chars(event);
    if (identity != null && !batch.isEmpty() && chars + size > MOST_CHARS) {
      send(LossCounters.NONE);
    }
    batch.add(event);
    chars += size;
    isNamed |= event.kind() == EventKind.APPLICATION_STARTED;
    if (batch.size() >= (isNamed ? MOST_EVENTS : MOST_NAMELESS)) {
      send(LossCounters.NONE);
    }
  }

  /** Sends what is left, with the count of what could not be read. */
  void end(long brokenLines) {
    send(LossCounters.of(0, 0, brokenLines, 0));
  }

  private void send(LossCounters loss) {
    ProcessIdentity.Builder known = identity;
    if (known == null) {
      known = identify();
      identity = known;
    }
    consumer.accept(
        Envelope.header(
                known.build(), Stream.EVENTS, sequence++, ClockAnchor.of(startMillis, 0), loss)
            .events(batch));
    batch.clear();
    chars = 0;
  }

  private ProcessIdentity.Builder identify() {
    String application = memory.application().isEmpty() ? logName : memory.application();
    String name = String.join("\n", "spark-driver", cluster, application, "" + memory.attempt());
    return ProcessIdentity.builder(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)))
        .role(Role.DRIVER)
        .cluster(cluster)
        .application(application, memory.attempt())
        .pid(0, startMillis);
  }

  private static int chars(EngineEvent event) {
    int chars = 0;
    for (String text : event.texts().values()) {
      chars += text.length();
    }
    for (java.util.Map.Entry<String, String> property : event.properties().entrySet()) {
      chars += property.getKey().length() + property.getValue().length();
    }
    return chars;
  }
}
