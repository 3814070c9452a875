// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

import java.util.List;
import java.util.Set;

/**
 * What a performance engineer would call right, written down before any result was seen.
 *
 * @param components types of components that may be blamed, as findings name them: {@code stage},
 *     {@code plan}, {@code driver}. A stage, plan node or query must be of the planted step, an
 *     executor must be the disturbed one where one was disturbed
 * @param points ids of diagnosis points that may be given as the reason
 * @param drElephant names of the rules of Dr. Elephant that belong to the problem
 * @param dataFlint names of the alerts of DataFlint that belong to the problem
 */
record Answer(
    Set<String> components, List<String> points, List<String> drElephant, List<String> dataFlint) {
  Answer {
    components = Set.copyOf(components);
    points = List.copyOf(points);
    drElephant = List.copyOf(drElephant);
    dataFlint = List.copyOf(dataFlint);
  }
}
