// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Joins the folds of a run's processes to what the run did and used. */
public final class RunFold {
  private static final Comparator<ProcessProfile> BY_START =
      Comparator.comparingLong((ProcessProfile process) -> process.identity().startEpochMillis())
          .thenComparing(process -> process.identity().process());

  /** A window of an entity, whatever its revision. */
  private record Window(Rollup.Level level, String entity, long startMillis)
      implements Comparable<Window> {
    private static final Comparator<Window> ORDER =
        Comparator.comparing(Window::level)
            .thenComparing(Window::entity)
            .thenComparingLong(Window::startMillis);

    @Override
    public int compareTo(Window other) {
      return ORDER.compare(this, other);
    }
  }

  private RunFold() {}

  /** The run's profile while no process is known to have fallen silent. */
  public static RunProfile profile(RunKey run, Collection<ProcessFold> processes) {
    return profile(run, processes, Set.of());
  }

  /**
   * The run's profile: the same for any order of the processes.
   *
   * @param processes one fold for each process of the run
   * @param silent processes that have not been heard of for so long that nothing more is expected,
   *     though they never said that they end
   */
  public static RunProfile profile(
      RunKey run, Collection<ProcessFold> processes, Set<UUID> silent) {
    List<ProcessFold> folds = sorted(processes);
    EngineFacts facts = EngineFacts.of(folds);
    @Nullable EngineEvent started = facts.once(EventKind.APPLICATION_STARTED);
    @Nullable EngineEvent ended = facts.once(EventKind.APPLICATION_ENDED);
    boolean quiet =
        folds.stream().allMatch(fold -> fold.ended() || silent.contains(fold.process()));
    return new RunProfile(
        run,
        text(started, EventText.APPLICATION_NAME),
        text(started, EventText.ENGINE),
        text(started, EventText.ENGINE_VERSION),
        started == null ? -1 : started.epochMillis(),
        ended == null ? -1 : ended.epochMillis(),
        ended != null && quiet,
        facts.settings(),
        folds.stream().map(ProcessFold::profile).sorted(BY_START).toList(),
        facts.stages(),
        facts.jobs(),
        facts.executors(),
        facts.details());
  }

  /**
   * All {@link Rollup.Level#RUN} and {@link Rollup.Level#STAGE} windows of a run, sums over its
   * processes; windows that were pruned in a process are missing in the sums.
   */
  public static List<Rollup> runRollups(
      RunKey run, Collection<ProcessFold> processes, long revision) {
    List<Rollup> parts = new ArrayList<>();
    for (ProcessFold fold : sorted(processes)) {
      parts.addAll(fold.rollups(run, revision));
      parts.addAll(fold.stageParts(run, revision));
    }
    return sum(run, parts, revision);
  }

  /**
   * Sums parts of processes to windows of the run: {@link Rollup.Level#PROCESS} rollups to {@link
   * Rollup.Level#RUN} ones, {@link ProcessFold#stageParts} to complete {@link Rollup.Level#STAGE}
   * ones. Integrals, growths and last levels add up; a sum of highest levels bounds the highest sum
   * from above. The result is complete when the parts of the windows are: one of each process.
   *
   * @throws IllegalArgumentException when a part is of another run or of another level
   */
  public static List<Rollup> sum(RunKey run, Collection<Rollup> parts, long revision) {
    SortedMap<Window, SortedMap<String, Long>> sums = new TreeMap<>();
    for (Rollup part : parts) {
      if (!part.run().equals(run)) {
        throw new IllegalArgumentException(
            "a rollup of run " + part.run().id() + " is no part of run " + run.id());
      }
      SortedMap<String, Long> values = sums.computeIfAbsent(window(part), any -> new TreeMap<>());
      part.values().forEach((name, value) -> values.merge(name, value, RunFold::saturatedSum));
    }
    List<Rollup> rollups = new ArrayList<>();
    sums.forEach(
        (window, values) ->
            rollups.add(
                new Rollup(
                    run,
                    window.level(),
                    window.entity(),
                    window.startMillis(),
                    Rollup.WINDOW_MILLIS,
                    revision,
                    values)));
    return rollups;
  }

  /** The rollup of one task attempt, in the window in which it ended. */
  public static Rollup task(RunKey run, AttemptRecord attempt, long revision) {
    return new Rollup(
        run,
        Rollup.Level.TASK,
        Long.toString(attempt.taskId()),
        Rollup.windowStart(attempt.endEpochMillis()),
        Rollup.WINDOW_MILLIS,
        revision,
        AttemptFold.values(AttemptFold.sums(attempt)));
  }

  private static Window window(Rollup part) {
    return switch (part.level()) {
      case PROCESS -> new Window(Rollup.Level.RUN, "", part.windowStartMillis());
      case STAGE -> new Window(Rollup.Level.STAGE, part.entity(), part.windowStartMillis());
      case TASK, RUN ->
          throw new IllegalArgumentException(
              "a rollup of level " + part.level() + " is no part of a run's window");
    };
  }

  private static List<ProcessFold> sorted(Collection<ProcessFold> processes) {
    return processes.stream().sorted(Comparator.comparing(ProcessFold::process)).toList();
  }

  private static String text(@Nullable EngineEvent event, EventText field) {
    String value = event == null ? null : event.text(field);
    return value == null ? "" : value;
  }

  private static long saturatedSum(long one, long other) {
    long sum = one + other;
    if (((one ^ sum) & (other ^ sum)) < 0) {
      return one < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return sum;
  }
}
