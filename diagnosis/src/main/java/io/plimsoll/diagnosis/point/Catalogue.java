// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.signal.SignalMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** All diagnosis points, in the order of the documentation. */
public final class Catalogue {
  private static final List<DiagnosisPoint> ALL =
      all(
          written(),
          StagePoints.all(),
          RunPoints.all(),
          DetailPoints.all(),
          QueryPoints.all(),
          FlinkPoints.all(),
          KafkaPoints.all(),
          ClusterPoints.all(),
          JobPoints.all(),
          ProcessPoints.all());

  private Catalogue() {}

  /** Every registered point, each once. */
  public static List<DiagnosisPoint> all() {
    return ALL;
  }

  /** Whether the point is declared over signals; else it is a class over a run's profile. */
  public static boolean isDeclared(DiagnosisPoint point) {
    return point instanceof SignalPoint;
  }

  /** The metrics that some point holds against earlier runs of the job. */
  public static Set<SignalMetric> withHistory() {
    Set<SignalMetric> metrics = new TreeSet<>();
    for (DiagnosisPoint point : ALL) {
      if (point instanceof SignalPoint declared && declared.declaration().history) {
        metrics.add(declared.declaration().metric);
      }
    }
    return metrics;
  }

  private static List<DiagnosisPoint> written() {
    return List.of(
        new ExecutorMemoryOverAsked(),
        new DriverMemoryOverAsked(),
        new NearMemoryLimit(),
        new CpuOverAsked(),
        new DriverBound(),
        new DataSkew(),
        new LongTail(),
        new Spill(),
        new GcPressure(),
        new FailedTasks(),
        new LostExecutors());
  }

  @SafeVarargs
  private static List<DiagnosisPoint> all(List<DiagnosisPoint>... lists) {
    List<DiagnosisPoint> all = new ArrayList<>();
    for (List<DiagnosisPoint> list : lists) {
      all.addAll(list);
    }
    return List.copyOf(all);
  }
}
