// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code EventBatch} of the schema. */
final class EventCodec {
  private static final int EVENTS = 1;

  private static final int KIND = 1;
  private static final int TIME_DELTA_MILLIS = 2;
  private static final int NUMBER_IDS = 3;
  private static final int NUMBER_VALUES = 4;
  private static final int TEXTS = 5;
  private static final int PROPERTIES = 6;

  private static final int TEXT_ID = 1;
  private static final int TEXT_VALUE = 2;

  private static final int PROPERTY_KEY = 1;
  private static final int PROPERTY_VALUE = 2;

  private EventCodec() {}

  static MessageWriter write(List<EngineEvent> events) {
    MessageWriter out = new MessageWriter();
    long before = 0;
    for (EngineEvent event : events) {
      out.message(EVENTS, writeEvent(event, event.epochMillis() - before));
      before = event.epochMillis();
    }
    return out;
  }

  private static MessageWriter writeEvent(EngineEvent event, long deltaMillis) {
    MessageWriter out = new MessageWriter();
    out.uint32(KIND, event.kind().id());
    out.sint64(TIME_DELTA_MILLIS, deltaMillis);
    LongColumn ids = new LongColumn();
    LongColumn values = new LongColumn();
    for (Map.Entry<EventNumber, Long> number : event.numbers().entrySet()) {
      ids.add(number.getKey().id());
      values.add(number.getValue());
    }
    out.packedUint32(NUMBER_IDS, ids);
    out.packedSint64(NUMBER_VALUES, values);
    for (Map.Entry<EventText, String> text : event.texts().entrySet()) {
      MessageWriter entry = new MessageWriter();
      entry.uint32(TEXT_ID, text.getKey().id());
      entry.text(TEXT_VALUE, text.getValue());
      out.message(TEXTS, entry);
    }
    for (Map.Entry<String, String> property : event.properties().entrySet()) {
      MessageWriter entry = new MessageWriter();
      entry.text(PROPERTY_KEY, property.getKey());
      entry.text(PROPERTY_VALUE, property.getValue());
      out.message(PROPERTIES, entry);
    }
    return out;
  }

  static List<EngineEvent> read(MessageReader in) throws IOException, WireException {
    List<EngineEvent> events = new ArrayList<>();
    long before = 0;
    while (in.next()) {
      if (in.field() != EVENTS) {
        in.skip();
        continue;
      }
      Event event = new Event(before);
      event.read(in.message("Event"));
      before = event.epochMillis;
      EngineEvent known = event.value();
      if (known != null) {
        events.add(known);
      }
    }
    return events;
  }

  /** One event's fields in whatever order they come. */
  private static final class Event {
    private final long before;
    private final LongColumn ids = new LongColumn();
    private final LongColumn values = new LongColumn();
    private final List<MessageReader> texts = new ArrayList<>();
    private final List<MessageReader> properties = new ArrayList<>();
    private int kindId;
    private long epochMillis;

    Event(long before) {
      this.before = before;
      this.epochMillis = before;
    }

    void read(MessageReader in) throws IOException, WireException {
      while (in.next()) {
        switch (in.field()) {
          case KIND:
            kindId = in.uint32();
            break;
          case TIME_DELTA_MILLIS:
            epochMillis = before + in.sint64();
            break;
          case NUMBER_IDS:
            in.uint32s(ids);
            break;
          case NUMBER_VALUES:
            in.sint64s(values);
            break;
          case TEXTS:
            texts.add(in.message("Text"));
            break;
          case PROPERTIES:
            properties.add(in.message("PropertiesEntry"));
            break;
          default:
            in.skip();
        }
      }
      if (ids.size() != values.size()) {
        throw in.malformed(ids.size() + " number ids for " + values.size() + " values");
      }
    }

    /** Null when this version does not know the kind. */
    @Nullable EngineEvent value() throws IOException, WireException {
      EventKind kind = EventKind.byId(kindId);
      if (kind == null) {
        return null;
      }
      EngineEvent.Builder builder = EngineEvent.builder(kind, epochMillis);
      for (int i = 0; i < ids.size(); i++) {
        EventNumber number = EventNumber.byId((int) ids.at(i));
        if (number != null) {
          builder.put(number, values.at(i));
        }
      }
      for (MessageReader text : texts) {
        putText(builder, text);
      }
      for (MessageReader property : properties) {
        putProperty(builder, property);
      }
      return builder.build();
    }

    private static void putText(EngineEvent.Builder builder, MessageReader in)
        throws IOException, WireException {
      int id = 0;
      String value = "";
      while (in.next()) {
        switch (in.field()) {
          case TEXT_ID:
            id = in.uint32();
            break;
          case TEXT_VALUE:
            value = in.text();
            break;
          default:
            in.skip();
        }
      }
      EventText text = EventText.byId(id);
      if (text != null) {
        builder.put(text, value);
      }
    }

    private static void putProperty(EngineEvent.Builder builder, MessageReader in)
        throws IOException, WireException {
      String key = "";
      String value = "";
      while (in.next()) {
        switch (in.field()) {
          case PROPERTY_KEY:
            key = in.text();
            break;
          case PROPERTY_VALUE:
            value = in.text();
            break;
          default:
            in.skip();
        }
      }
      builder.property(key, value);
    }
  }
}
