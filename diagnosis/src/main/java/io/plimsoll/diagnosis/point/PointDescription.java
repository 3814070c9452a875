// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import java.util.List;
import java.util.Objects;

/**
 * What a diagnosis point is, for people and for the documentation.
 *
 * @param id stable, lower case, group before the dot
 * @param title a few words
 * @param component the kind of component it speaks of
 * @param meaning one or two sentences: what is wrong when it fires
 * @param inputs what it reads from the profile
 * @param thresholds the limits of its severities
 * @param source where the limits come from
 */
public record PointDescription(
    String id,
    String title,
    String component,
    String meaning,
    List<String> inputs,
    Thresholds thresholds,
    String source) {
  public PointDescription {
    Objects.requireNonNull(id, "id is null");
    Objects.requireNonNull(title, "title is null");
    Objects.requireNonNull(component, "component is null");
    Objects.requireNonNull(meaning, "meaning is null");
    Objects.requireNonNull(thresholds, "thresholds is null");
    Objects.requireNonNull(source, "source is null");
    inputs = List.copyOf(inputs);
  }
}
