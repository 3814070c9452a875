// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.analyze;

import io.plimsoll.diagnosis.scorecard.Prices;
import io.plimsoll.standalone.page.HtmlPage;
import io.plimsoll.standalone.reading.AnalyzedRun;
import io.plimsoll.standalone.reading.Chronology;
import io.plimsoll.standalone.reading.Folder;
import io.plimsoll.standalone.reading.JobHistory;
import io.plimsoll.standalone.reading.MutesFile;
import io.plimsoll.standalone.reading.RunReader;
import io.plimsoll.standalone.reading.Source;
import io.plimsoll.standalone.reading.Sources;
import io.plimsoll.standalone.reading.Unreadable;
import io.plimsoll.standalone.reading.Verdict;
import io.plimsoll.standalone.stack.OutputFile;
import io.plimsoll.standalone.terminal.Amount;
import io.plimsoll.standalone.terminal.Progress;
import io.plimsoll.standalone.terminal.Safe;
import io.plimsoll.standalone.terminal.Screen;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads every source once, keeps a line of each and the whole of a few, and reports. */
final class Analysis {
  /** So many runs are reported whole, one after the other. */
  private static final int MOST_WHOLE = 3;

  /** So many are on a page, those with the most trouble. */
  private static final int MOST_ON_PAGE = 12;

  private static final int HEALTHY = 0;
  private static final int PROBLEMS = 1;
  private static final int NOTHING = 3;

  private final Prices prices;
  private final MutesFile mutes;
  private final JobHistory history = new JobHistory();
  private final Screen screen;
  private final PrintWriter err;
  private final boolean isWhole;

  Analysis(Prices prices, MutesFile mutes, Screen screen, PrintWriter err, boolean isWhole) {
    this.prices = prices;
    this.mutes = mutes;
    this.screen = screen;
    this.err = err;
    this.isWhole = isWhole;
  }

  /** The exit code. */
  int run(List<String> paths, @Nullable Path json, @Nullable Path html) throws IOException {
    OutputFile.requireWritable("--json", json);
    OutputFile.requireWritable("--html", html);
    List<Source> sources = Sources.of(paths);
    Folder folder = new Folder(prices);
    Kept kept = new Kept(html == null ? MOST_WHOLE + 1 : MOST_ON_PAGE);
    if (json == null) {
      read(sources, folder, kept, null);
    } else {
      try (JsonFile file = JsonFile.open(json)) {
        read(sources, folder, kept, file);
        file.finish();
      }
    }
    if (folder.runs() == 0) {
      nothing(paths, folder);
      return NOTHING;
    }
    report(folder, kept.runs());
    if (html != null) {
      OutputFile.write(html, HtmlPage.of(folder, prices.currency(), kept.runs()));
      screen.gap();
      screen.raw("page: " + html);
    }
    if (json != null) {
      screen.gap();
      screen.raw("figures: " + json);
    }
    screen.flush();
    return folder.count(Verdict.Level.HEALTHY) == folder.runs() ? HEALTHY : PROBLEMS;
  }

  /** Oldest runs first: they are the history of the later ones. */
  private void read(List<Source> found, Folder folder, Kept kept, @Nullable JsonFile json) {
    long bytes = found.stream().mapToLong(Source::bytes).sum();
    try (Progress progress = new Progress(err, Screen.isWatched(), System::nanoTime, bytes)) {
      List<Source> sources =
          Chronology.sorted(
              found, count -> progress.tick(count + " of " + found.size() + " looked at"));
      for (int i = 0; i < sources.size(); i++) {
        Source source = sources.get(i);
        String what = (i + 1) + " of " + sources.size() + " " + Safe.cut(source.name(), 24);
        RunReader reader =
            new RunReader(
                prices,
                history,
                mutes,
                events -> progress.tick(what + ", " + Amount.count(events) + " events"));
        RunReader.Outcome outcome = reader.read(source);
        progress.done(source.bytes());
        progress.tick(what);
        keep(outcome, folder, kept, json);
      }
    }
  }

  private void keep(RunReader.Outcome outcome, Folder folder, Kept kept, @Nullable JsonFile json) {
    AnalyzedRun run = outcome.run();
    if (run == null) {
      if (outcome.unreadable() != null) {
        folder.add(outcome.unreadable());
      }
      return;
    }
    Optional<String> twin = folder.twin(run);
    if (twin.isPresent()) {
      folder.add(new Unreadable(run.source(), "is the same run as " + twin.get()));
      return;
    }
    folder.add(run);
    if (outcome.remembered() != null) {
      history.add(run.profile(), outcome.remembered());
    }
    kept.add(run);
    if (json != null) {
      json.add(run);
    }
  }

  private void report(Folder folder, List<AnalyzedRun> kept) {
    if (folder.runs() <= MOST_WHOLE) {
      for (int i = 0; i < kept.size(); i++) {
        if (i > 0) {
          screen.gap();
          screen.raw("-".repeat(Screen.COLUMNS));
        }
        new RunReport(screen, isWhole).print(kept.get(i));
      }
      if (kept.size() == 1 && folder.unreadable().isEmpty()) {
        return;
      }
      screen.gap();
      screen.raw("-".repeat(Screen.COLUMNS));
    }
    new FolderReport(screen, prices, isWhole).print(folder);
  }

  /** The runs that are shown whole: those with the most trouble, worst first. */
  private static final class Kept {
    private static final Comparator<AnalyzedRun> WORST_FIRST =
        Comparator.comparing((AnalyzedRun run) -> run.verdict().level(), Comparator.reverseOrder())
            .thenComparing(run -> run.verdict().severity(), Comparator.reverseOrder())
            .thenComparing(AnalyzedRun::source);

    private final int most;
    private final List<AnalyzedRun> runs = new ArrayList<>();

    private Kept(int most) {
      this.most = most;
    }

    private void add(AnalyzedRun run) {
      runs.add(run);
      runs.sort(WORST_FIRST);
      if (runs.size() > most) {
        runs.remove(most);
      }
    }

    private List<AnalyzedRun> runs() {
      return List.copyOf(runs);
    }
  }

  private void nothing(List<String> paths, Folder folder) {
    String named = Safe.cut(String.join(" ", paths), 300);
    List<Unreadable> unreadable = folder.unreadable();
    if (unreadable.isEmpty()) {
      err.println("plimsoll: no event log and no archive in " + named + WAY_OUT);
    } else {
      Unreadable first = unreadable.get(0);
      err.println(
          "plimsoll: "
              + Safe.cut(first.name(), 200)
              + " "
              + Safe.cut(first.reason(), 300)
              + (unreadable.size() == 1
                  ? ""
                  : ", and "
                      + Amount.counted(unreadable.size() - 1L, "other file")
                      + " told nothing either")
              + WAY_OUT);
    }
    err.flush();
  }

  private static final String WAY_OUT =
      "; name what spark.eventLog.dir or Flink's jobmanager.archive.fs.dir holds";
}
