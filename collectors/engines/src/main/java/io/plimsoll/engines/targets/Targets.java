// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.targets;

import io.plimsoll.engines.component.ComponentCatalog;
import io.plimsoll.engines.component.ComponentPoller;
import java.util.List;

/**
 * What a file of targets says.
 *
 * @param targets in the order of the file, at least one
 * @param catalog the shipped descriptions and the user's
 */
public record Targets(List<Target> targets, ComponentCatalog catalog) {
  public Targets {
    targets = List.copyOf(targets);
  }

  /** A source for each target, in their order; none is connected yet. */
  public List<TargetSource> open() {
    return targets.stream().map(target -> new TargetSource(target, catalog)).toList();
  }

  /** When each of these sources is to be asked. */
  public static List<ComponentPoller.Schedule> schedules(List<TargetSource> sources) {
    return sources.stream()
        .map(
            source ->
                new ComponentPoller.Schedule(
                    source, source.configured().interval(), source.configured().timeout()))
        .toList();
  }
}
