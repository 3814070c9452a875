// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One kind of application.
 *
 * @param name of the kind and of its logs
 * @param group whether it may be looked at while the diagnosis is built
 * @param problem in words
 * @param layouts on what its first and its second variant run
 * @param disturbance what is done to it from outside
 * @param fails whether the application ends with an error because of its problem
 * @param proof what shows that the problem is there; null for healthy ones
 * @param answer null for healthy ones
 */
record PlantedKind(
    String name,
    Group group,
    String problem,
    List<Layout> layouts,
    Disturbance disturbance,
    boolean fails,
    @Nullable Proof proof,
    @Nullable Answer answer) {
  private static final String HEALTHY_PREFIX = "healthy-";

  PlantedKind {
    layouts = List.copyOf(layouts);
  }

  /** Who may look at the logs. */
  enum Group {
    DEVELOPMENT("development kinds"),
    SET_ASIDE("kinds set aside"),
    HEALTHY("healthy");

    private final String words;

    Group(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /**
   * A number of Spark's own that says whether the plant took.
   *
   * @param what the number is, in words
   * @param least the plant took when it is at least this
   */
  record Proof(String what, double least, ToDoubleFunction<Planted> number) {}

  Layout layout(int variant) {
    return layouts.get(variant - 1);
  }

  /** The name of the application's step in the workloads' jar. */
  String workload() {
    return name.startsWith(HEALTHY_PREFIX) ? name.substring(HEALTHY_PREFIX.length()) : name;
  }

  int variants() {
    return layouts.size();
  }

  boolean isHealthy() {
    return group == Group.HEALTHY;
  }
}
