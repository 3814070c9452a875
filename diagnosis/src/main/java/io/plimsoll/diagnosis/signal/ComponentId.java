// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import java.util.Comparator;
import java.util.Objects;

/**
 * One component of the link.
 *
 * @param name within its type; empty where a run has only one
 */
public record ComponentId(ComponentType type, String name) implements Comparable<ComponentId> {
  public static final ComponentId RUN = new ComponentId(ComponentType.RUN, "");
  public static final ComponentId DRIVER = new ComponentId(ComponentType.DRIVER, "");
  public static final ComponentId EXECUTORS = new ComponentId(ComponentType.EXECUTORS, "");
  public static final ComponentId WORKFLOW = new ComponentId(ComponentType.WORKFLOW, "");

  private static final Comparator<ComponentId> ORDER =
      Comparator.comparing(ComponentId::type).thenComparing(ComponentId::name);

  public ComponentId {
    Objects.requireNonNull(type, "type is null");
    Objects.requireNonNull(name, "name is null");
  }

  public static ComponentId of(ComponentType type, String name) {
    return new ComponentId(type, name);
  }

  /** As findings name it: {@code run}, {@code driver}, {@code executor:1}, {@code stage:7.0}. */
  public String text() {
    return name.isEmpty() ? type.word() : type.word() + ":" + name;
  }

  @Override
  public int compareTo(ComponentId other) {
    return ORDER.compare(this, other);
  }
}
