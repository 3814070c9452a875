// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something an engine or a JVM said once: a stage ended, an executor was lost, a heap collected.
 */
public final class EngineEvent {
  private final EventKind kind;
  private final long epochMillis;
  private final Map<EventNumber, Long> numbers;
  private final Map<EventText, String> texts;
  private final SortedMap<String, String> properties;

  private EngineEvent(Builder builder) {
    kind = builder.kind;
    epochMillis = builder.epochMillis;
    numbers = Collections.unmodifiableMap(builder.numbers);
    texts = Collections.unmodifiableMap(builder.texts);
    properties =
        builder.properties == null
            ? Collections.emptySortedMap()
            : Collections.unmodifiableSortedMap(builder.properties);
  }

  public static Builder builder(EventKind kind, long epochMillis) {
    return new Builder(kind, epochMillis);
  }

  public EventKind kind() {
    return kind;
  }

  public long epochMillis() {
    return epochMillis;
  }

  public Map<EventNumber, Long> numbers() {
    return numbers;
  }

  public Map<EventText, String> texts() {
    return texts;
  }

  /** Configuration of the run or flags of the JVM, secrets already redacted. */
  public SortedMap<String, String> properties() {
    return properties;
  }

  public boolean has(EventNumber field) {
    return numbers.containsKey(field);
  }

  /** The field's value, or {@code absent} when the event does not tell it. */
  public long number(EventNumber field, long absent) {
    Long value = numbers.get(field);
    return value == null ? absent : value;
  }

  /** The field's value, or null when the event does not tell it. */
  public @Nullable String text(EventText field) {
    return texts.get(field);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof EngineEvent)) {
      return false;
    }
    EngineEvent that = (EngineEvent) other;
    return kind == that.kind
        && epochMillis == that.epochMillis
        && numbers.equals(that.numbers)
        && texts.equals(that.texts)
        && properties.equals(that.properties);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, epochMillis, numbers, texts);
  }

  @Override
  public String toString() {
    return "EngineEvent["
        + kind
        + " "
        + epochMillis
        + " "
        + numbers
        + " "
        + texts
        + " "
        + properties
        + "]";
  }

  /** Collects an event's fields; fields that are never set are absent. */
  public static final class Builder {
    private final EventKind kind;
    private final long epochMillis;
    private Map<EventNumber, Long> numbers = new EnumMap<>(EventNumber.class);
    private Map<EventText, String> texts = new EnumMap<>(EventText.class);
    private @Nullable SortedMap<String, String> properties;

    /** The maps are those of an event that has been built. */
    private boolean isBuilt;

    private Builder(EventKind kind, long epochMillis) {
      this.kind = Objects.requireNonNull(kind, "kind is null");
      this.epochMillis = epochMillis;
    }

    public Builder put(EventNumber field, long value) {
      detach();
      numbers.put(field, value);
      return this;
    }

    public Builder put(EventText field, String value) {
      detach();
      texts.put(field, Objects.requireNonNull(value, "value is null"));
      return this;
    }

    public Builder property(String key, String value) {
      detach();
      if (properties == null) {
        properties = new TreeMap<>();
      }
      properties.put(
          Objects.requireNonNull(key, "key is null"),
          Objects.requireNonNull(value, "value is null"));
      return this;
    }

    /** What an event has got does not change any more. */
    private void detach() {
      if (isBuilt) {
        numbers = new EnumMap<>(numbers);
        texts = new EnumMap<>(texts);
        properties = properties == null ? null : new TreeMap<>(properties);
        isBuilt = false;
      }
    }

    public EngineEvent build() {
      isBuilt = true;
      return new EngineEvent(this);
    }
  }
}
