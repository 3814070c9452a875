// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import io.plimsoll.diagnosis.scorecard.Measures;
import io.plimsoll.diagnosis.scorecard.Prices;
import io.plimsoll.diagnosis.scorecard.Score;
import io.plimsoll.diagnosis.scorecard.Scorecard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Many runs by their jobs, and what could not be read. Bounded: a line a run. */
public final class Folder {
  private final Prices prices;
  private final Map<String, List<RunLine>> jobs = new TreeMap<>();
  private final List<Unreadable> unreadable = new ArrayList<>();

  /** An empty one, at these prices. */
  public Folder(Prices prices) {
    this.prices = prices;
  }

  /**
   * The runs of one job.
   *
   * @param runs oldest first
   */
  public record Job(String name, List<RunLine> runs, Optional<Scorecard> scorecard) {
    public Job {
      runs = List.copyOf(runs);
    }

    public double wasted() {
      return runs.stream().mapToDouble(RunLine::wasted).sum();
    }

    public long count(Verdict.Level level) {
      return runs.stream().filter(run -> run.verdict().level() == level).count();
    }

    public long problems() {
      return runs.stream().filter(run -> run.verdict().isProblem()).count();
    }

    /** The rounded score of its runs together, or a dash. */
    public String score(Score.Kind kind) {
      if (scorecard.isEmpty()) {
        return "-";
      }
      Score score =
          switch (kind) {
            case COST -> scorecard.get().cost();
            case EFFICIENCY -> scorecard.get().efficiency();
            case STABILITY -> scorecard.get().stability();
          };
      return score.rounded().isPresent() ? Integer.toString(score.rounded().getAsInt()) : "-";
    }

    /** The run with the most trouble, the latest of them. */
    public RunLine worst() {
      return runs.stream()
          .max(
              Comparator.comparing((RunLine run) -> run.verdict().level())
                  .thenComparing(run -> run.verdict().severity())
                  .thenComparing(RunLine::startMillis))
          .orElseThrow();
    }

    public RunLine last() {
      return runs.get(runs.size() - 1);
    }
  }

  /**
   * The source that told the same run before, and no less of it: a log that lies there twice counts
   * once.
   */
  public Optional<String> twin(AnalyzedRun run) {
    return jobs.getOrDefault(run.job(), List.of()).stream()
        .filter(other -> other.run().equals(run.profile().key().id()))
        .filter(other -> other.startMillis() == run.profile().startMillis())
        .filter(other -> other.isWhole() || !run.log().isWhole())
        .map(RunLine::source)
        .findFirst();
  }

  public void add(AnalyzedRun run) {
    jobs.computeIfAbsent(run.job(), any -> new ArrayList<>()).add(RunLine.of(run));
  }

  public void add(Unreadable source) {
    unreadable.add(source);
  }

  public List<Unreadable> unreadable() {
    return List.copyOf(unreadable);
  }

  public int runs() {
    return jobs.values().stream().mapToInt(List::size).sum();
  }

  public long count(Verdict.Level level) {
    return jobs.values().stream()
        .flatMap(List::stream)
        .filter(run -> run.verdict().level() == level)
        .count();
  }

  /** Jobs by the price of what they held and did not use, dearest first. */
  public List<Job> byWaste() {
    return jobs().stream()
        .sorted(Comparator.comparingDouble(Job::wasted).reversed().thenComparing(Job::name))
        .toList();
  }

  /** Jobs with failed runs first, then by their worst problem, then by how often they have one. */
  public List<Job> byTrouble() {
    return jobs().stream()
        .filter(job -> job.problems() > 0)
        .sorted(
            Comparator.comparing((Job job) -> job.count(Verdict.Level.FAILED) > 0 ? 0 : 1)
                .thenComparing(
                    job ->
                        job.runs().stream()
                            .map(run -> run.verdict().severity())
                            .max(Comparator.naturalOrder())
                            .orElseThrow(),
                    Comparator.reverseOrder())
                .thenComparing(Job::problems, Comparator.reverseOrder())
                .thenComparing(Job::name))
        .toList();
  }

  private List<Job> jobs() {
    List<Job> all = new ArrayList<>();
    jobs.forEach(
        (name, runs) -> {
          List<RunLine> sorted =
              runs.stream()
                  .sorted(
                      Comparator.comparingLong(RunLine::startMillis)
                          .thenComparing(RunLine::run)
                          .thenComparing(RunLine::source))
                  .toList();
          List<Measures> measures = new ArrayList<>();
          for (RunLine run : sorted) {
            if (run.measures() != null) {
              measures.add(run.measures());
            }
          }
          all.add(
              new Job(
                  name,
                  sorted,
                  measures.isEmpty()
                      ? Optional.empty()
                      : Optional.of(Scorecard.of(measures, prices))));
        });
    return all;
  }
}
