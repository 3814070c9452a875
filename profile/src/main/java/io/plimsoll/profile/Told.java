// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.util.Comparator;

/**
 * An event that tells a fact, with its place in the process's stream: of two that tell the same
 * fact the later one holds, whichever arrives first.
 *
 * @param order sequence of the envelope and place in it
 */
record Told(long order, EngineEvent event) {
  private static final int PLACE_BITS = 20;

  /** What an event tells a fact of. */
  record Subject(EventKind kind, long id, long attempt, String name)
      implements Comparable<Subject> {
    private static final Comparator<Subject> ORDER =
        Comparator.comparing(Subject::kind)
            .thenComparingLong(Subject::id)
            .thenComparingLong(Subject::attempt)
            .thenComparing(Subject::name);

    @Override
    public int compareTo(Subject other) {
      return ORDER.compare(this, other);
    }
  }

  static long order(long sequence, int place) {
    return sequence << PLACE_BITS | Math.min(place, (1 << PLACE_BITS) - 1);
  }

  Told later(Told other) {
    return other.order > order ? other : this;
  }

  void write(FoldOutput out) {
    out.number(order);
    out.number(event.kind().id());
    out.signed(event.epochMillis());
    out.number(event.numbers().size());
    event
        .numbers()
        .forEach(
            (field, value) -> {
              out.number(field.id());
              out.signed(value);
            });
    out.number(event.texts().size());
    event
        .texts()
        .forEach(
            (field, value) -> {
              out.number(field.id());
              out.text(value);
            });
    out.number(event.properties().size());
    event
        .properties()
        .forEach(
            (key, value) -> {
              out.text(key);
              out.text(value);
            });
  }

  static Told read(FoldInput in) {
    long order = in.number();
    EventKind kind = EventKind.byId(in.smallId());
    if (kind == null) {
      throw FoldFormatException.malformed("an event of unknown kind");
    }
    EngineEvent.Builder event = EngineEvent.builder(kind, in.signed());
    int numbers = in.count();
    for (int i = 0; i < numbers; i++) {
      EventNumber field = EventNumber.byId(in.smallId());
      if (field == null) {
        throw FoldFormatException.malformed("an unknown number in an event of kind " + kind);
      }
      event.put(field, in.signed());
    }
    int texts = in.count();
    for (int i = 0; i < texts; i++) {
      EventText field = EventText.byId(in.smallId());
      if (field == null) {
        throw FoldFormatException.malformed("an unknown text in an event of kind " + kind);
      }
      event.put(field, in.text());
    }
    int properties = in.count();
    for (int i = 0; i < properties; i++) {
      event.property(in.text(), in.text());
    }
    return new Told(order, event.build());
  }
}
