// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import java.util.Comparator;
import java.util.Objects;

/**
 * One execution: a Spark application attempt or a Flink job. Application ids repeat across masters,
 * so the cluster's name belongs to it.
 *
 * @param cluster the name that the agent was given
 * @param application the engine's application id
 * @param attempt the engine's attempt number, 0 where the engine has none
 */
public record RunKey(String cluster, String application, int attempt)
    implements Comparable<RunKey> {
  private static final Comparator<RunKey> ORDER =
      Comparator.comparing(RunKey::cluster)
          .thenComparing(RunKey::application)
          .thenComparingInt(RunKey::attempt);

  public RunKey {
    Objects.requireNonNull(cluster, "cluster is null");
    Objects.requireNonNull(application, "application is null");
    if (application.isEmpty()) {
      throw new IllegalArgumentException("application is empty: the run is not known yet");
    }
  }

  /** {@code cluster~application~attempt}: the run's id in URLs and stores. */
  public String id() {
    return cluster + "~" + application + "~" + attempt;
  }

  /**
   * The run with this {@link #id()}.
   *
   * @throws IllegalArgumentException when the text is not an id
   */
  public static RunKey parse(String id) {
    int last = id.lastIndexOf('~');
    int middle = last <= 0 ? -1 : id.lastIndexOf('~', last - 1);
    if (middle < 0) {
      throw new IllegalArgumentException(
          "not a run id: '" + id + "' (expected cluster~application~attempt)");
    }
    try {
      return new RunKey(
          id.substring(0, middle),
          id.substring(middle + 1, last),
          Integer.parseInt(id.substring(last + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "not a run id: '" + id + "' (the attempt '" + id.substring(last + 1) + "' is no number)",
          e);
    }
  }

  @Override
  public int compareTo(RunKey other) {
    return ORDER.compare(this, other);
  }
}
