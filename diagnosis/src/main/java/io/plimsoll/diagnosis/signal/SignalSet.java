// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of each component. Immutable. What is not known is absent, never zero; a value
 * that is no number is absent too.
 */
public final class SignalSet {
  /** Nothing measured. */
  public static final SignalSet EMPTY = builder().build();

  private final SortedMap<ComponentId, SortedMap<SignalMetric, Signal>> signals;
  private final Map<ComponentType, List<ComponentId>> byType;
  private final SortedMap<ComponentId, String> labels;
  private final SortedMap<ComponentType, String> absences;

  private SignalSet(Builder builder) {
    SortedMap<ComponentId, SortedMap<SignalMetric, Signal>> copy = new TreeMap<>();
    builder.signals.forEach(
        (component, values) ->
            copy.put(component, Collections.unmodifiableSortedMap(new TreeMap<>(values))));
    signals = Collections.unmodifiableSortedMap(copy);
    Map<ComponentType, List<ComponentId>> types = new EnumMap<>(ComponentType.class);
    for (ComponentId component : copy.keySet()) {
      types.computeIfAbsent(component.type(), any -> new ArrayList<>()).add(component);
    }
    types.replaceAll((type, components) -> List.copyOf(components));
    byType = types;
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(builder.labels));
    absences = Collections.unmodifiableSortedMap(new TreeMap<>(builder.absences));
  }

  public static Builder builder() {
    return new Builder();
  }

  /** All components of which something is known, in order. */
  public SortedSet<ComponentId> components() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(signals.keySet()));
  }

  /** The components of this type, in order. */
  public List<ComponentId> components(ComponentType type) {
    return byType.getOrDefault(type, List.of());
  }

  /** All that is known of a component; empty when nothing is. */
  public Map<SignalMetric, Signal> of(ComponentId component) {
    return signals.getOrDefault(component, Collections.emptySortedMap());
  }

  /** The signal, or null when it is not known. */
  public @Nullable Signal get(ComponentId component, SignalMetric metric) {
    return signals.getOrDefault(component, Collections.emptySortedMap()).get(metric);
  }

  /** What a person would call the component; its text where nothing better is known. */
  public String label(ComponentId component) {
    return labels.getOrDefault(component, component.text());
  }

  /** Why there can be no component of this type here; null where there could be. */
  public @Nullable String absence(ComponentType type) {
    return absences.get(type);
  }

  /**
   * What later runs of the job need of this one: these metrics, and what {@link HistorySignals}
   * reads, of those components of which every run has one and the same.
   */
  public SignalSet remembered(Set<SignalMetric> metrics) {
    Builder kept = builder();
    signals.forEach(
        (component, values) -> {
          if (component.name().isEmpty()) {
            values.forEach(
                (metric, signal) -> {
                  if (metrics.contains(metric) || HistorySignals.READ.contains(metric)) {
                    kept.put(component, metric, signal.value(), signal.support());
                  }
                });
          }
        });
    return kept.build();
  }

  /** Both together; where both know a signal, the other one's holds. */
  public SignalSet with(SignalSet other) {
    return builder().addAll(this).addAll(other).build();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SignalSet that
        && signals.equals(that.signals)
        && labels.equals(that.labels)
        && absences.equals(that.absences);
  }

  @Override
  public int hashCode() {
    return signals.hashCode();
  }

  @Override
  public String toString() {
    return signals.toString();
  }

  /** Collects signals; one thread only. */
  public static final class Builder {
    private final SortedMap<ComponentId, SortedMap<SignalMetric, Signal>> signals = new TreeMap<>();
    private final SortedMap<ComponentId, String> labels = new TreeMap<>();
    private final SortedMap<ComponentType, String> absences = new TreeMap<>();

    private Builder() {}

    /** A value that rests on one observation; one that is not finite is left out. */
    public Builder put(ComponentId component, SignalMetric metric, double value) {
      return put(component, metric, value, 1);
    }

    /** A value that is not finite, or rests on nothing, is left out. */
    public Builder put(ComponentId component, SignalMetric metric, double value, long support) {
      if (Double.isFinite(value) && support > 0) {
        signals
            .computeIfAbsent(component, any -> new TreeMap<>())
            .put(metric, new Signal(value, support));
      }
      return this;
    }

    /** A share; left out where the whole is nothing. */
    public Builder share(
        ComponentId component, SignalMetric metric, double part, double whole, long support) {
      return whole > 0 ? put(component, metric, part / whole, support) : this;
    }

    public Builder label(ComponentId component, String label) {
      labels.put(component, label);
      return this;
    }

    /** There can be no component of this type here. */
    public Builder absent(ComponentType type, String why) {
      absences.put(type, why);
      return this;
    }

    public Builder addAll(SignalSet other) {
      other.signals.forEach(
          (component, values) ->
              signals.computeIfAbsent(component, any -> new TreeMap<>()).putAll(values));
      labels.putAll(other.labels);
      absences.putAll(other.absences);
      return this;
    }

    public SignalSet build() {
      return new SignalSet(this);
    }
  }
}
