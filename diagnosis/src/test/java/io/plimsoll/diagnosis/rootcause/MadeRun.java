// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.rootcause;

import io.plimsoll.profile.AttemptSums;
import io.plimsoll.profile.EngineSums;
import io.plimsoll.profile.ExecutorProfile;
import io.plimsoll.profile.ExecutorShare;
import io.plimsoll.profile.JobProfile;
import io.plimsoll.profile.QueryProfile;
import io.plimsoll.profile.RunDetails;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.SketchDistribution;
import io.plimsoll.profile.StageProfile;
import io.plimsoll.profile.TaskDetails;
import io.plimsoll.wire.QueryPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run made by hand: six executors of two cores on six hosts, one job for each stage, a stage
 * after the other, in which 24 tasks read 100 MiB each and run for 10 s.
 */
final class MadeRun {
  static final long START = 1_000_000_000L;
  static final long MIB = 1L << 20;
  static final int EXECUTORS = 6;
  static final int TASKS = 24;

  private final List<StageProfile> stages = new ArrayList<>();
  private final List<JobProfile> jobs = new ArrayList<>();
  private final List<ExecutorProfile> executors = new ArrayList<>();
  private final List<QueryProfile> queries = new ArrayList<>();
  private final SortedMap<String, String> config = new TreeMap<>();
  private boolean isComplete = true;
  private long clock = 5_000;

  MadeRun() {
    config.put("spark.master", "yarn");
    config.put("spark.executor.memory", "8g");
    config.put("spark.executor.cores", "2");
    for (int i = 1; i <= EXECUTORS; i++) {
      executors.add(new ExecutorProfile(Integer.toString(i), "host" + i, 2, START, -1, null));
    }
  }

  MadeRun config(String key, String value) {
    config.put(key, value);
    return this;
  }

  MadeRun unfinished() {
    isComplete = false;
    return this;
  }

  /** The driver works alone for this long. */
  MadeRun driverAlone(long millis) {
    clock += millis;
    return this;
  }

  MadeRun lost(int executor, long atMillis, String reason) {
    executors.set(
        executor - 1,
        new ExecutorProfile(
            Integer.toString(executor), "host" + executor, 2, START, START + atMillis, reason));
    return this;
  }

  private long wall() {
    return clock + 3_000;
  }

  Stage stage() {
    return new Stage();
  }

  MadeRun query(long id, QueryPlan plan, SortedMap<Long, Long> values) {
    queries.add(new QueryProfile(id, "query", START, START + wall(), null, plan, false, values));
    return this;
  }

  RunProfile build() {
    return new RunProfile(
        new RunKey("test", "app-1", 0),
        "test",
        "spark",
        "4.0.1",
        START,
        isComplete ? START + wall() : -1,
        isComplete,
        config,
        List.of(),
        stages,
        jobs,
        executors,
        new RunDetails(queries, 0, List.of()));
  }

  /** The next stage. */
  final class Stage {
    private final long[] millis = new long[TASKS];
    private final long[] bytes = new long[TASKS];
    private int tasks = TASKS;
    private long sql = -1;
    private long gc;
    private long cpuPercent = 95;
    private long spilled;
    private long fetchWait;
    private long results;
    private long delay;
    private long failed;
    private long memoryFailures;
    private long fetchFailures;
    private long wasted;
    private boolean isJobFailed;
    private int slowExecutor;
    private int attempt;
    private @Nullable String failure;

    private Stage() {
      Arrays.fill(millis, 10_000);
      Arrays.fill(bytes, 100 * MIB);
    }

    /** One task has this many times the data and the time. */
    Stage skewed(int times) {
      millis[0] *= times;
      bytes[0] *= times;
      return this;
    }

    /** One task takes this many times as long, with no more data. */
    Stage slowTask(int times) {
      millis[0] *= times;
      return this;
    }

    /** As many tasks have all the work. */
    Stage tasks(int count) {
      tasks = count;
      for (int i = 0; i < count; i++) {
        millis[i] = 10_000L * TASKS / count;
        bytes[i] = 100 * MIB * TASKS / count;
      }
      return this;
    }

    Stage of(long query) {
      sql = query;
      return this;
    }

    Stage times(int factor) {
      for (int i = 0; i < TASKS; i++) {
        millis[i] *= factor;
      }
      return this;
    }

    Stage gcPercent(long percent) {
      gc = percent;
      return this;
    }

    Stage cpuPercent(long percent) {
      cpuPercent = percent;
      return this;
    }

    Stage spilled(long mebibytes) {
      spilled = mebibytes * MIB;
      return this;
    }

    Stage fetchWaitPercent(long percent) {
      fetchWait = percent;
      return this;
    }

    Stage results(long mebibytes) {
      results = mebibytes * MIB;
      return this;
    }

    Stage delayPercent(long percent) {
      delay = percent;
      return this;
    }

    Stage failed(long attempts, long wastedMillis) {
      failed = attempts;
      wasted = wastedMillis;
      return this;
    }

    Stage outOfMemory(long attempts) {
      memoryFailures = attempts;
      failed = Math.max(failed, attempts);
      return this;
    }

    Stage fetchFailed(long attempts) {
      fetchFailures = attempts;
      failed = Math.max(failed, attempts);
      return this;
    }

    /** The stage and its job fail with these words. */
    Stage fails(String words) {
      failure = words;
      isJobFailed = true;
      return this;
    }

    /** The tasks of this executor take three times as long. */
    Stage slowExecutor(int executor) {
      slowExecutor = executor;
      return this;
    }

    Stage attempt(int number) {
      attempt = number;
      return this;
    }

    MadeRun done() {
      SortedMap<String, ExecutorShare> shares = new TreeMap<>();
      for (int i = 0; i < tasks; i++) {
        int executor = 1 + i % EXECUTORS;
        if (executor == slowExecutor) {
          millis[i] *= 3;
        }
        shares.merge(
            Integer.toString(executor),
            new ExecutorShare(1, 0, millis[i], 1, bytes[i]),
            ExecutorShare::plus);
      }
      long[] ran = Arrays.copyOf(millis, tasks);
      long[] read = Arrays.copyOf(bytes, tasks);
      long run = Arrays.stream(ran).sum();
      long most = Arrays.stream(ran).max().orElse(0);
      long span = Math.max(most, run / (2 * EXECUTORS));
      long shuffled = Arrays.stream(read).sum();
      int id = attempt > 0 ? stages.get(stages.size() - 1).stageId() : stages.size();
      stages.add(
          new StageProfile(
              id,
              attempt,
              "stage " + id,
              START + clock,
              START + clock + span,
              tasks,
              List.of(),
              failure,
              AttemptSums.ZERO,
              0,
              new EngineSums(
                  tasks + failed,
                  failed,
                  0,
                  run,
                  run * cpuPercent * 10_000,
                  run * gc / 100,
                  results,
                  spilled,
                  spilled / 4,
                  0,
                  0,
                  0,
                  shuffled,
                  run * fetchWait / 100,
                  0),
              SketchDistribution.of(),
              SketchDistribution.of(ran),
              SketchDistribution.of(read),
              details(run, shares)));
      if (attempt > 0) {
        JobProfile job = jobs.remove(jobs.size() - 1);
        jobs.add(
            new JobProfile(
                job.jobId(),
                job.startMillis(),
                START + clock + span,
                job.succeeded(),
                job.stages(),
                job.sqlExecution()));
      } else {
        jobs.add(
            new JobProfile(
                jobs.size(), START + clock, START + clock + span, !isJobFailed, List.of(id), sql));
      }
      clock += span + 200;
      return MadeRun.this;
    }

    private TaskDetails details(long run, SortedMap<String, ExecutorShare> shares) {
      long spans = run + run * delay / Math.max(1, 100 - delay);
      return new TaskDetails(
          START + clock + 50,
          0,
          0,
          spans - run,
          spans,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          wasted,
          0,
          0,
          fetchFailures,
          memoryFailures,
          shares,
          Collections.emptySortedMap());
    }
  }
}
