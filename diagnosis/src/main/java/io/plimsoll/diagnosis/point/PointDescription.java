// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.signal.Origin;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a diagnosis point is, for the generated page.
 *
 * @param id stable, for example {@code memory.over-asked}
 * @param catalogueId of the merged catalogue, for example {@code MEM-01}
 * @param title short
 * @param component what it speaks of
 * @param meaning what it means when it fires
 * @param inputs what it needs
 * @param thresholds when it fires
 * @param source where the thresholds come from
 * @param advice what to do when it fires
 * @param engines which engines it speaks of
 * @param references what a value may be held against, in words, the strongest first
 * @param origins who fills its inputs
 */
public record PointDescription(
    String id,
    String catalogueId,
    String title,
    String component,
    String meaning,
    List<String> inputs,
    Thresholds thresholds,
    String source,
    String advice,
    Engines engines,
    List<String> references,
    Set<Origin> origins) {
  public PointDescription {
    Objects.requireNonNull(id, "id is null");
    Objects.requireNonNull(title, "title is null");
    Objects.requireNonNull(component, "component is null");
    Objects.requireNonNull(meaning, "meaning is null");
    Objects.requireNonNull(thresholds, "thresholds is null");
    Objects.requireNonNull(source, "source is null");
    Objects.requireNonNull(advice, "advice is null");
    Objects.requireNonNull(engines, "engines is null");
    Group.of(catalogueId);
    inputs = List.copyOf(inputs);
    references = List.copyOf(references);
    origins = Set.copyOf(origins);
  }

  /** Of a point written by hand, which judges Spark runs by static limits. */
  static PointDescription ofRun(
      String id,
      String catalogueId,
      String title,
      String component,
      String meaning,
      List<String> inputs,
      Thresholds thresholds,
      String source,
      String advice,
      Origin... origins) {
    return new PointDescription(
        id,
        catalogueId,
        title,
        component,
        meaning,
        inputs,
        thresholds,
        source,
        advice,
        Engines.SPARK,
        List.of("static default"),
        new TreeSet<>(List.of(origins)));
  }

  public Group group() {
    return Group.of(catalogueId);
  }

  /** Whether every input has a source that fills it. */
  public boolean isLive() {
    return origins.stream().allMatch(Origin::isLive);
  }
}
