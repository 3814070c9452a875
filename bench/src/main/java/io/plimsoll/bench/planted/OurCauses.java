// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

import io.plimsoll.diagnosis.rootcause.RootCause;
import io.plimsoll.diagnosis.scorecard.Prices;
import io.plimsoll.standalone.reading.AnalyzedRun;
import io.plimsoll.standalone.reading.JobHistory;
import io.plimsoll.standalone.reading.MutesFile;
import io.plimsoll.standalone.reading.RunReader;
import io.plimsoll.standalone.reading.Source;
import io.plimsoll.standalone.reading.Sources;
import io.plimsoll.standalone.stack.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What {@code plimsoll analyze} says of a log, by its own code. */
public final class OurCauses {
  private OurCauses() {}

  /** Reads the one log under the folder as {@code analyze} does. */
  static AnalyzedRun analyze(Path folder) {
    List<Source> sources = Sources.of(List.of(folder.toString()));
    if (sources.size() != 1) {
      throw new ProblemException("not one log in " + folder + ": " + sources);
    }
    RunReader.Outcome outcome =
        new RunReader(Prices.DEFAULT, new JobHistory(), MutesFile.NONE, events -> {})
            .read(sources.get(0));
    AnalyzedRun run = outcome.run();
    if (run == null) {
      throw new ProblemException(folder + " cannot be read: " + outcome.unreadable());
    }
    return run;
  }

  /** How many causes are named. */
  public static int count(AnalyzedRun run) {
    return run.rootCauses().causes().size();
  }

  /** The named causes, likeliest first. */
  static List<Cause> named(AnalyzedRun run) {
    return run.rootCauses().causes().stream().map(OurCauses::cause).toList();
  }

  /** What else may be behind it, likeliest first: hints, not named. */
  static List<Cause> hinted(AnalyzedRun run) {
    return run.rootCauses().suspects().stream().map(OurCauses::cause).toList();
  }

  private static Cause cause(RootCause cause) {
    return new Cause(cause.component(), Set.of(cause.point()));
  }
}
