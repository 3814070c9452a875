// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.rootcause;

import io.plimsoll.diagnosis.graph.LinkType;

/** How the place where something shows depends on the place where its cause is. */
enum Link {
  SAME(LinkType.DEPENDS_ON, "in the same place"),
  /** Not of the ranking's own type for parts: problems are no parts that are like each other. */
  CONTAINS(LinkType.DEPENDS_ON, "part of it"),
  RUNS_ON(LinkType.RUNS_ON, "runs on"),
  LOADED_BY(LinkType.LOADED_BY, "loaded by"),
  PLANNED_BY(LinkType.DEPENDS_ON, "planned by"),
  SHUFFLES_FROM(LinkType.SHUFFLES_FROM, "shuffles from"),
  COORDINATED_BY(LinkType.COORDINATED_BY, "coordinated by"),
  READS_FROM(LinkType.READS_FROM, "reads from and writes to"),
  BACKPRESSURED_BY(LinkType.BACKPRESSURED_BY, "back-pressured by"),
  CHECKPOINTS_TO(LinkType.CHECKPOINTS_TO, "checkpoints to");

  private final LinkType type;
  private final String words;

  Link(LinkType type, String words) {
    this.type = type;
    this.words = words;
  }

  /** The type by whose weights the ranking goes. */
  LinkType type() {
    return type;
  }

  /** What stands on the way from the one to the other, for people. */
  String words() {
    return words;
  }
}
