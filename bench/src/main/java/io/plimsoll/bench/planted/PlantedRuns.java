// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

import io.plimsoll.standalone.reading.AnalyzedRun;
import io.plimsoll.standalone.stack.Places;
import io.plimsoll.standalone.stack.ProblemException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** Makes the logs that are missing, has each judged, and counts. */
public final class PlantedRuns {
  private static final int NAMED = 3;

  private final Set<String> wanted;
  private final boolean isAnew;
  private final int most;

  /**
   * @param wanted names of kinds; empty for all
   * @param isAnew whether logs of earlier calls are made again
   * @param most stop making logs after so many; the next call goes on
   */
  public PlantedRuns(Set<String> wanted, boolean isAnew, int most) {
    this.wanted = Set.copyOf(wanted);
    this.isAnew = isAnew;
    this.most = most;
  }

  /** Prints a line for each run as it comes, then totals. */
  @SuppressWarnings("try") // the lock is held, not used
  public List<Tally> run(PrintWriter out) throws IOException, InterruptedException {
    List<PlantedKind> kinds = chosen();
    Path home = Places.folder(Places.home().resolve("bench").resolve("planted"));
    List<Judged> all = new ArrayList<>();
    int missing = 0;
    int fresh = 0;
    try (FileChannel lock = Places.lock(home);
        PlantedLogs logs = new PlantedLogs(home, out)) {
      for (Turn turn : turns(kinds)) {
        PlantedKind kind = turn.kind();
        int variant = turn.variant();
        boolean isKept = !isAnew && logs.record(kind, variant) != null;
        if (!isKept && fresh == most) {
          missing++;
          continue;
        }
        if (!isKept) {
          logs.forget(kind, variant);
          fresh++;
        }
        RunRecord made = logs.ensure(kind, variant);
        Judged judged = judge(kind, made, logs.folder(kind, variant));
        all.add(judged);
        print(judged, out);
      }
    }
    if (missing > 0) {
      out.printf(Locale.ROOT, "%n%d logs are still to be made: call it again%n", missing);
    }
    return figures(all, out);
  }

  /** One run that is wanted. */
  private record Turn(PlantedKind kind, int variant) {}

  /** The first variants of all kinds, then the second ones: an early end leaves no kind out. */
  private static List<Turn> turns(List<PlantedKind> kinds) {
    List<Turn> turns = new ArrayList<>();
    for (int variant = 1; variant <= 2; variant++) {
      for (PlantedKind kind : kinds) {
        if (variant <= kind.variants()) {
          turns.add(new Turn(kind, variant));
        }
      }
    }
    return turns;
  }

  private List<PlantedKind> chosen() {
    Set<String> unknown = new TreeSet<>(wanted);
    Kinds.all().forEach(kind -> unknown.remove(kind.name()));
    if (!unknown.isEmpty()) {
      throw new ProblemException(
          "no kind "
              + String.join(", ", unknown)
              + "; there is: "
              + Kinds.all().stream().map(PlantedKind::name).collect(Collectors.joining(", ")));
    }
    return Kinds.all().stream()
        .filter(kind -> wanted.isEmpty() || wanted.contains(kind.name()))
        .toList();
  }

  /** Has a log judged by us and by the rules of others. */
  static Judged judge(PlantedKind kind, RunRecord made, Path folder) throws IOException {
    AnalyzedRun run = OurCauses.analyze(folder);
    Planted planted = new Planted(made, RawLog.read(folder));
    PlantedKind.Proof proof = kind.proof();
    return new Judged(
        kind,
        planted,
        run.verdict().word(),
        OurCauses.named(run),
        OurCauses.hinted(run),
        proof == null ? 0 : proof.number().applyAsDouble(planted),
        DrElephant.of(planted.log()),
        DataFlint.of(planted.log()));
  }

  private static void print(Judged judged, PrintWriter out) {
    PlantedKind kind = judged.kind();
    out.printf(
        Locale.ROOT,
        "%n%-26s %-11s %s%n",
        judged.planted().made().name(),
        judged.level(),
        kind.isHealthy() ? causes(judged) + " causes named" : rank(judged.rank()));
    PlantedKind.Proof proof = kind.proof();
    if (proof != null) {
      out.printf(
          Locale.ROOT,
          "    plant %s: %s is %.2f, needs %.2f; its step is %.2f of the run, needs %.2f%n",
          judged.took() ? "took" : "DID NOT TAKE",
          proof.what(),
          judged.proven(),
          proof.least(),
          judged.planted().mainShare(),
          Judged.LEAST_MAIN_SHARE);
    }
    if (kind.group() != PlantedKind.Group.SET_ASIDE) {
      judged.causes().stream().limit(NAMED).forEach(cause -> out.println("    " + cause.text()));
      judged.hints().stream()
          .limit(NAMED)
          .forEach(cause -> out.println("    hint: " + cause.text()));
    }
    out.println("    Dr. Elephant: " + said(judged.drElephant()));
    out.println("    DataFlint:    " + said(judged.dataFlint()));
    out.flush();
  }

  private static int causes(Judged judged) {
    return judged.causes().size();
  }

  private static String rank(int rank) {
    return rank == Integer.MAX_VALUE ? "right cause not named" : "right cause is number " + rank;
  }

  private static String said(List<Said> said) {
    return said.isEmpty()
        ? "nothing"
        : said.stream()
            .map(each -> each.rule() + " (" + each.level() + ")")
            .collect(Collectors.joining(", "));
  }

  private static List<Tally> figures(List<Judged> all, PrintWriter out) {
    List<Tally> figures = new ArrayList<>();
    for (PlantedKind.Group group :
        List.of(PlantedKind.Group.DEVELOPMENT, PlantedKind.Group.SET_ASIDE)) {
      List<Judged> of = of(all, run -> run.kind().group() == group);
      List<Judged> took = of(of, Judged::took);
      if (of.isEmpty()) {
        continue;
      }
      String words = group.words();
      out.printf(Locale.ROOT, "%n%s: %d runs, %d plants took%n", words, of.size(), took.size());
      figures.add(
          count("planted, " + words + ": plants that did not take", of.size() - took.size()));
      shares(figures, words + ", plimsoll", took, Judged::rank);
      shares(figures, words + ", Dr. Elephant's rules", took, Judged::drElephantRank);
      shares(figures, words + ", DataFlint's alerts", took, Judged::dataFlintRank);
    }
    List<Judged> healthy = of(all, run -> run.kind().isHealthy());
    if (!healthy.isEmpty()) {
      healthy(figures, healthy);
    }
    return figures;
  }

  private static void shares(
      List<Tally> figures, String who, List<Judged> runs, ToIntFunction<Judged> rank) {
    if (runs.isEmpty()) {
      return;
    }
    for (int most : new int[] {1, NAMED, Integer.MAX_VALUE - 1}) {
      long hits = runs.stream().filter(run -> rank.applyAsInt(run) <= most).count();
      String what = most > NAMED ? "said at all" : "top-" + most;
      figures.add(new Tally("planted, " + who + ": " + what, hits, runs.size()));
    }
  }

  private static void healthy(List<Tally> figures, List<Judged> healthy) {
    int runs = healthy.size();
    figures.add(
        new Tally(
            "planted, healthy: runs that plimsoll calls healthy",
            of(healthy, run -> run.level().equals("HEALTHY")).size(),
            runs));
    figures.add(
        new Tally(
            "planted, healthy: runs with a false cause, plimsoll",
            of(healthy, run -> !run.causes().isEmpty()).size(),
            runs));
    figures.add(
        count(
            "planted, healthy: false causes, plimsoll",
            healthy.stream().mapToInt(PlantedRuns::causes).sum()));
    figures.add(
        new Tally(
            "planted, healthy: runs of which Dr. Elephant's rules say something",
            of(healthy, run -> !run.drElephant().isEmpty()).size(),
            runs));
    figures.add(
        new Tally(
            "planted, healthy: runs of which DataFlint's alerts say something",
            of(healthy, run -> !run.dataFlint().isEmpty()).size(),
            runs));
  }

  private static List<Judged> of(List<Judged> all, Predicate<Judged> which) {
    return all.stream().filter(which).toList();
  }

  private static Tally count(String name, long many) {
    return new Tally(name, many, 0);
  }
}
