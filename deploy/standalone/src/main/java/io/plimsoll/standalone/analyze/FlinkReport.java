// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.analyze;

import io.plimsoll.standalone.reading.FlinkFacts;
import io.plimsoll.standalone.terminal.Amount;
import io.plimsoll.standalone.terminal.Safe;
import io.plimsoll.standalone.terminal.Screen;
import java.util.ArrayList;
import java.util.List;

/** What an archive tells of a Flink job, on a terminal. */
final class FlinkReport {
  private static final int MOST = 12;

  private final Screen screen;

  FlinkReport(Screen screen) {
    this.screen = screen;
  }

  void print(FlinkFacts flink) {
    screen.heading(
        "Job",
        flink.state()
            + (flink.durationMillis() < 0 ? "" : " after " + Amount.time(flink.durationMillis())));
    List<List<String>> rows = new ArrayList<>();
    for (FlinkFacts.Vertex vertex : flink.vertices().stream().limit(MOST).toList()) {
      rows.add(
          List.of(
              Safe.cut(vertex.name(), 36),
              vertex.state(),
              known(vertex.parallelism()),
              known(vertex.readRecords()),
              known(vertex.writtenRecords()),
              share(vertex.busyMillis(), vertex),
              share(vertex.backPressuredMillis(), vertex),
              Long.toString(vertex.restarts())));
    }
    if (!rows.isEmpty()) {
      screen.table(
          List.of("vertex", "state", ">par.", ">read", ">written", ">busy", ">pressed", ">again"),
          rows);
    }
    if (flink.vertices().size() > MOST) {
      screen.text("  ", 2, "and " + (flink.vertices().size() - MOST) + " more vertices");
    }
    checkpoints(flink.checkpoints());
    if (!flink.exceptions().isEmpty()) {
      screen.heading(
          "Exceptions",
          Amount.counted(flink.exceptions().size(), "entry").replace("entrys", "entries"));
      for (FlinkFacts.Failure failure : flink.exceptions().stream().limit(3).toList()) {
        screen.text(
            "  ",
            4,
            Amount.moment(failure.epochMillis())
                + " "
                + (failure.task().isEmpty() ? "" : Safe.name(failure.task()) + ": ")
                + Safe.cut(failure.reason().isEmpty() ? failure.name() : failure.reason(), 240));
      }
    }
  }

  private void checkpoints(FlinkFacts.Checkpoints checkpoints) {
    if (checkpoints.completed() < 0) {
      screen.text("  ", 2, "checkpoints: not told");
      return;
    }
    screen.text(
        "  ",
        4,
        "checkpoints: "
            + checkpoints.completed()
            + " completed, "
            + checkpoints.failed()
            + " failed"
            + (checkpoints.restored() > 0 ? ", " + checkpoints.restored() + " restored from" : "")
            + (checkpoints.longestMillis() < 0
                ? ""
                : ", the slowest took " + Amount.time(checkpoints.longestMillis()))
            + (checkpoints.stateBytes() < 0
                ? ""
                : ", the last state was " + Amount.bytes(checkpoints.stateBytes())));
    checkpoints.failures().stream()
        .limit(3)
        .forEach(reason -> screen.text("    ", 6, Safe.cut(reason, 240)));
  }

  private static String known(long value) {
    return value < 0 ? "-" : Amount.count(value);
  }

  private static String share(long millis, FlinkFacts.Vertex vertex) {
    double whole = (double) vertex.durationMillis() * vertex.parallelism();
    return millis < 0 || whole <= 0 ? "-" : Amount.percent(millis / whole);
  }
}
