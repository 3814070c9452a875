// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.bench.planted.OurCauses;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.scorecard.Prices;
import io.plimsoll.standalone.reading.AnalyzedRun;
import io.plimsoll.standalone.reading.JobHistory;
import io.plimsoll.standalone.reading.MutesFile;
import io.plimsoll.standalone.reading.RunReader;
import io.plimsoll.standalone.reading.Source;
import io.plimsoll.standalone.reading.Sources;
import io.plimsoll.standalone.reading.Unreadable;
import java.util.List;

/** Judges what is at one path as {@code analyze} does, in a JVM of its own. */
public final class AnalyzeOne {
  static final String MARK = "analyzed ";

  private AnalyzeOne() {}

  /**
   * One log.
   *
   * @param verdict the verdict's word, or {@code unreadable}
   * @param why the verdict's sentence, or why it cannot be read
   * @param nanos from the first byte to the verdict, JVM start left out, cold compiler in
   * @param peakHeapBytes of the JVM so far, an upper bound
   * @param causes that were named
   * @param fired findings of points that fired
   * @param points evaluated, not applicable, not evaluated
   */
  record Line(
      String source,
      String verdict,
      String why,
      long bytes,
      long nanos,
      long peakHeapBytes,
      int causes,
      long fired,
      List<Integer> points) {
    Line {
      points = List.copyOf(points);
    }
  }

  /** Argument: the path. Prints a line for each log there. */
  public static void main(String[] args) throws Exception {
    ObjectMapper json = new ObjectMapper();
    for (Source source : Sources.of(List.of(args[0]))) {
      System.out.println(MARK + json.writeValueAsString(line(source)));
    }
  }

  private static Line line(Source source) {
    long start = System.nanoTime();
    RunReader.Outcome outcome =
        new RunReader(Prices.DEFAULT, new JobHistory(), MutesFile.NONE, events -> {}).read(source);
    LogRun taken = LogRun.measured(System.nanoTime() - start, source.bytes(), 0);
    AnalyzedRun run = outcome.run();
    if (run == null) {
      Unreadable unreadable = outcome.unreadable();
      return new Line(
          source.name(),
          "unreadable",
          unreadable == null ? "" : unreadable.reason(),
          source.bytes(),
          taken.nanos(),
          taken.peakHeapBytes(),
          0,
          0,
          List.of(0, 0, 0));
    }
    return new Line(
        source.name(),
        run.verdict().word(),
        run.verdict().sentence(),
        source.bytes(),
        taken.nanos(),
        taken.peakHeapBytes(),
        OurCauses.count(run),
        run.count(FindingState.FIRED),
        List.of(
            run.catalogue().evaluated(),
            run.catalogue().notApplicable(),
            run.catalogue().notEvaluated()));
  }
}
