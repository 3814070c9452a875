// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

import java.util.List;
import java.util.Set;

/**
 * One run with what was said of it.
 *
 * @param level the verdict's first word
 * @param causes ours, likeliest first
 * @param hints what is hinted at besides, likeliest first
 * @param proven the number that shows that the plant took
 * @param drElephant what is said by its severe and critical rules, worst first
 * @param dataFlint what is said by its alerts, errors first
 */
record Judged(
    PlantedKind kind,
    Planted planted,
    String level,
    List<Cause> causes,
    List<Cause> hints,
    double proven,
    List<Said> drElephant,
    List<Said> dataFlint) {
  /** A problem in less of the run than this is not what is wrong with the run. */
  static final double LEAST_MAIN_SHARE = 0.4;

  /** Components whose name says where in the run they are. */
  private static final Set<String> QUERIES = Set.of("plan", "query");

  Judged {
    causes = List.copyOf(causes);
    hints = List.copyOf(hints);
    drElephant = List.copyOf(drElephant);
    dataFlint = List.copyOf(dataFlint);
  }

  /** Whether the planted problem really is there, in a step that is much of the run. */
  boolean took() {
    PlantedKind.Proof proof = kind.proof();
    return proof == null || (proven >= proof.least() && planted.mainShare() >= LEAST_MAIN_SHARE);
  }

  /**
   * The rank of the first right cause; a large number where none is right. Hints come behind the
   * causes, and never first: who only hints has not named anybody.
   */
  int rank() {
    for (int i = 0; i < causes.size(); i++) {
      if (isRight(causes.get(i))) {
        return i + 1;
      }
    }
    for (int i = 0; i < hints.size(); i++) {
      if (isRight(hints.get(i))) {
        return Math.max(causes.size(), 1) + i + 1;
      }
    }
    return Integer.MAX_VALUE;
  }

  private boolean isRight(Cause cause) {
    Answer answer = kind.answer();
    return answer != null
        && answer.components().contains(cause.type())
        && cause.points().stream().anyMatch(answer.points()::contains)
        && isInPlace(cause);
  }

  private boolean isInPlace(Cause cause) {
    if (cause.type().equals("stage")) {
      return planted.mainStageIds().contains(cause.id());
    }
    if (cause.type().equals("executor") && !planted.made().disturbed().isEmpty()) {
      return planted.made().disturbed().contains(cause.id());
    }
    if (QUERIES.contains(cause.type())) {
      String[] parts = cause.id().split("\\.", 2);
      return parts[0].matches("\\d+") && planted.mainQueries().contains(Long.valueOf(parts[0]));
    }
    return true;
  }

  int drElephantRank() {
    Answer answer = kind.answer();
    return answer == null ? Integer.MAX_VALUE : rank(drElephant, answer.drElephant());
  }

  int dataFlintRank() {
    Answer answer = kind.answer();
    return answer == null ? Integer.MAX_VALUE : rank(dataFlint, answer.dataFlint());
  }

  /** How many rules say something at least as bad as the best right one, itself included. */
  private static int rank(List<Said> said, List<String> right) {
    int best =
        said.stream()
            .filter(each -> right.contains(each.rule()))
            .mapToInt(Said::level)
            .max()
            .orElse(-1);
    return best < 0
        ? Integer.MAX_VALUE
        : (int) said.stream().filter(each -> each.level() >= best).count();
  }
}
