// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.page;

import io.plimsoll.standalone.reading.FlinkFacts;
import io.plimsoll.standalone.terminal.Amount;

/** What an archive tells of a Flink job, on the page. */
final class FlinkSection {
  private static final int MOST = 200;

  private final Markup page;

  FlinkSection(Markup page) {
    this.page = page;
  }

  void write(FlinkFacts flink) {
    page.element("h2", "Job");
    page.element(
        "p",
        flink.state()
            + (flink.durationMillis() < 0 ? "" : " after " + Amount.time(flink.durationMillis())));
    page.raw("<div class=\"wide\"><table><tr><th>vertex</th><th>state</th>");
    page.raw("<th class=\"n\">parallel</th><th class=\"n\">read</th><th class=\"n\">written</th>");
    page.raw("<th class=\"n\">busy</th><th class=\"n\">pressed</th></tr>");
    flink.vertices().stream().limit(MOST).forEach(this::vertex);
    page.raw("</table></div>");
    FlinkFacts.Checkpoints checkpoints = flink.checkpoints();
    if (checkpoints.completed() >= 0) {
      page.element(
          "p",
          "Checkpoints: "
              + checkpoints.completed()
              + " completed, "
              + checkpoints.failed()
              + " failed"
              + (checkpoints.longestMillis() < 0
                  ? ""
                  : ", the slowest took " + Amount.time(checkpoints.longestMillis())));
    }
    if (!flink.exceptions().isEmpty()) {
      page.element("h2", "Exceptions");
      for (FlinkFacts.Failure failure : flink.exceptions().stream().limit(20).toList()) {
        page.element(
            "p",
            Amount.moment(failure.epochMillis()) + " " + failure.task() + ": " + failure.reason());
      }
    }
  }

  private void vertex(FlinkFacts.Vertex vertex) {
    page.raw("<tr>").element("td", vertex.name()).element("td", vertex.state());
    number(vertex.parallelism());
    number(vertex.readRecords());
    number(vertex.writtenRecords());
    share(vertex.busyMillis(), vertex);
    share(vertex.backPressuredMillis(), vertex);
    page.raw("</tr>");
  }

  private void number(long value) {
    page.element("td", "n", value < 0 ? "-" : Amount.count(value));
  }

  private void share(long millis, FlinkFacts.Vertex vertex) {
    double whole = (double) vertex.durationMillis() * vertex.parallelism();
    page.element("td", "n", millis < 0 || whole <= 0 ? "-" : Amount.percent(millis / whole));
  }
}
