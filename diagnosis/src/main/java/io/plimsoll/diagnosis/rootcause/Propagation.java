// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.rootcause;

import static io.plimsoll.diagnosis.rootcause.Problem.AMPLIFICATION;
import static io.plimsoll.diagnosis.rootcause.Problem.BACK_PRESSURE;
import static io.plimsoll.diagnosis.rootcause.Problem.BLOCKS_LOST;
import static io.plimsoll.diagnosis.rootcause.Problem.BUSY_OPERATOR;
import static io.plimsoll.diagnosis.rootcause.Problem.CARTESIAN;
import static io.plimsoll.diagnosis.rootcause.Problem.CHECKPOINTS;
import static io.plimsoll.diagnosis.rootcause.Problem.CONNECTION;
import static io.plimsoll.diagnosis.rootcause.Problem.DONE_AGAIN;
import static io.plimsoll.diagnosis.rootcause.Problem.DRIVER_BOUND;
import static io.plimsoll.diagnosis.rootcause.Problem.DRIVER_MEMORY;
import static io.plimsoll.diagnosis.rootcause.Problem.DRIVER_STARVED;
import static io.plimsoll.diagnosis.rootcause.Problem.EXECUTORS_LOST;
import static io.plimsoll.diagnosis.rootcause.Problem.EXECUTOR_FAILS;
import static io.plimsoll.diagnosis.rootcause.Problem.EXECUTOR_SLOW;
import static io.plimsoll.diagnosis.rootcause.Problem.EXPLODING_JOIN;
import static io.plimsoll.diagnosis.rootcause.Problem.FAR_FROM_DATA;
import static io.plimsoll.diagnosis.rootcause.Problem.FETCH_WAIT;
import static io.plimsoll.diagnosis.rootcause.Problem.FILES_WRITTEN;
import static io.plimsoll.diagnosis.rootcause.Problem.FLINK_MEMORY;
import static io.plimsoll.diagnosis.rootcause.Problem.FLINK_OUT_OF_MEMORY;
import static io.plimsoll.diagnosis.rootcause.Problem.HEAP;
import static io.plimsoll.diagnosis.rootcause.Problem.HOST_BUSY;
import static io.plimsoll.diagnosis.rootcause.Problem.HOST_SLOW;
import static io.plimsoll.diagnosis.rootcause.Problem.IDLE;
import static io.plimsoll.diagnosis.rootcause.Problem.IMBALANCE;
import static io.plimsoll.diagnosis.rootcause.Problem.JOB_GAPS;
import static io.plimsoll.diagnosis.rootcause.Problem.JOB_MANAGER;
import static io.plimsoll.diagnosis.rootcause.Problem.KAFKA;
import static io.plimsoll.diagnosis.rootcause.Problem.KEY_SKEW;
import static io.plimsoll.diagnosis.rootcause.Problem.KILLED;
import static io.plimsoll.diagnosis.rootcause.Problem.KILLED_FOR_MEMORY;
import static io.plimsoll.diagnosis.rootcause.Problem.LARGE_BROADCAST;
import static io.plimsoll.diagnosis.rootcause.Problem.LARGE_PARTITIONS;
import static io.plimsoll.diagnosis.rootcause.Problem.LARGE_RESULTS;
import static io.plimsoll.diagnosis.rootcause.Problem.LATE_EXECUTORS;
import static io.plimsoll.diagnosis.rootcause.Problem.LAUNCH_WAIT;
import static io.plimsoll.diagnosis.rootcause.Problem.LONG_TASKS;
import static io.plimsoll.diagnosis.rootcause.Problem.LOW_PARALLELISM;
import static io.plimsoll.diagnosis.rootcause.Problem.MISSED_BROADCAST;
import static io.plimsoll.diagnosis.rootcause.Problem.MORE_INPUT;
import static io.plimsoll.diagnosis.rootcause.Problem.NODE;
import static io.plimsoll.diagnosis.rootcause.Problem.OPAQUE_FUNCTION;
import static io.plimsoll.diagnosis.rootcause.Problem.OUTSIDE_HEAP;
import static io.plimsoll.diagnosis.rootcause.Problem.OUT_OF_MEMORY;
import static io.plimsoll.diagnosis.rootcause.Problem.PART_FAILED;
import static io.plimsoll.diagnosis.rootcause.Problem.QUEUE;
import static io.plimsoll.diagnosis.rootcause.Problem.RECOMPUTATION;
import static io.plimsoll.diagnosis.rootcause.Problem.REFUSED;
import static io.plimsoll.diagnosis.rootcause.Problem.RESTARTS;
import static io.plimsoll.diagnosis.rootcause.Problem.RUN_FAILED;
import static io.plimsoll.diagnosis.rootcause.Problem.SCAN;
import static io.plimsoll.diagnosis.rootcause.Problem.SCHEDULER_DELAY;
import static io.plimsoll.diagnosis.rootcause.Problem.SERIALIZATION;
import static io.plimsoll.diagnosis.rootcause.Problem.SINGLE_TASK;
import static io.plimsoll.diagnosis.rootcause.Problem.SKEW;
import static io.plimsoll.diagnosis.rootcause.Problem.SLOWER;
import static io.plimsoll.diagnosis.rootcause.Problem.SLOW_COMMIT;
import static io.plimsoll.diagnosis.rootcause.Problem.SLOW_READER;
import static io.plimsoll.diagnosis.rootcause.Problem.SLOW_RESTORE;
import static io.plimsoll.diagnosis.rootcause.Problem.SLOW_SUBTASK;
import static io.plimsoll.diagnosis.rootcause.Problem.SLOW_WRITE;
import static io.plimsoll.diagnosis.rootcause.Problem.SMALL_BLOCKS;
import static io.plimsoll.diagnosis.rootcause.Problem.SMALL_FILES;
import static io.plimsoll.diagnosis.rootcause.Problem.SOURCE_SILENT;
import static io.plimsoll.diagnosis.rootcause.Problem.SPECULATION;
import static io.plimsoll.diagnosis.rootcause.Problem.SPILL;
import static io.plimsoll.diagnosis.rootcause.Problem.STAGE_GC;
import static io.plimsoll.diagnosis.rootcause.Problem.STARVED_PROCESS;
import static io.plimsoll.diagnosis.rootcause.Problem.STATE_GROWTH;
import static io.plimsoll.diagnosis.rootcause.Problem.STATE_STORE;
import static io.plimsoll.diagnosis.rootcause.Problem.STORAGE;
import static io.plimsoll.diagnosis.rootcause.Problem.TAIL;
import static io.plimsoll.diagnosis.rootcause.Problem.TASKS_FAIL;
import static io.plimsoll.diagnosis.rootcause.Problem.TINY_JOBS;
import static io.plimsoll.diagnosis.rootcause.Problem.TINY_TASKS;
import static io.plimsoll.diagnosis.rootcause.Problem.WAITING;
import static io.plimsoll.diagnosis.rootcause.Problem.WATERMARK;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What explains what: a problem of a component explains another one of a component that depends on
 * it, over these kinds of links. The rules speak of Spark and Flink as their manuals do, not of any
 * one run.
 */
final class Propagation {
  /**
   * One line of the table.
   *
   * @param over links from the effect's place to the cause's over which it holds
   */
  record Rule(Problem cause, Set<Problem> effects, Set<Link> over, String why) {}

  private static final Set<Link> ANY = EnumSet.allOf(Link.class);
  private static final Set<Link> HERE = EnumSet.of(Link.SAME);
  private static final Set<Link> STAGE =
      EnumSet.of(Link.SAME, Link.LOADED_BY, Link.CONTAINS, Link.PLANNED_BY);
  private static final Set<Link> PLAN =
      EnumSet.of(Link.SAME, Link.PLANNED_BY, Link.LOADED_BY, Link.CONTAINS);
  private static final Set<Link> CARRIED =
      EnumSet.of(
          Link.SAME,
          Link.RUNS_ON,
          Link.CONTAINS,
          Link.PLANNED_BY,
          Link.COORDINATED_BY,
          Link.SHUFFLES_FROM);

  private static final List<Rule> RULES = rules();
  private static final Map<Problem, List<Rule>> BY_CAUSE = byCause();

  private Propagation() {}

  /** All rules, in the order of the documentation. */
  static List<Rule> all() {
    return RULES;
  }

  /** Whether a problem can explain another over any link. */
  static boolean mayExplain(Problem cause, Problem effect) {
    return BY_CAUSE.getOrDefault(cause, List.of()).stream()
        .anyMatch(rule -> rule.effects().contains(effect));
  }

  /** Whether a problem can explain another over this link. */
  static boolean explains(Problem cause, Problem effect, @Nullable Link link) {
    if (link == null) {
      return false;
    }
    for (Rule rule : BY_CAUSE.getOrDefault(cause, List.of())) {
      if (rule.effects().contains(effect) && rule.over().contains(link)) {
        return true;
      }
    }
    return false;
  }

  private static Map<Problem, List<Rule>> byCause() {
    Map<Problem, List<Rule>> found = new EnumMap<>(Problem.class);
    for (Rule rule : RULES) {
      found.computeIfAbsent(rule.cause(), any -> new ArrayList<>()).add(rule);
    }
    return found;
  }

  private static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    data(rules);
    plans(rules);
    memory(rules);
    losses(rules);
    machines(rules);
    driver(rules);
    surroundings(rules);
    flink(rules);
    return List.copyOf(rules);
  }

  private static void add(
      List<Rule> rules, Problem cause, Set<Link> over, String why, Problem... effects) {
    rules.add(new Rule(cause, EnumSet.copyOf(List.of(effects)), over, why));
  }

  private static void data(List<Rule> rules) {
    add(
        rules,
        SKEW,
        STAGE,
        "one task has most of the data: it takes long, spills, fills its executor's heap, is copied"
            + " in vain, and the others wait",
        SKEW,
        TAIL,
        SPILL,
        STAGE_GC,
        LARGE_PARTITIONS,
        OUT_OF_MEMORY,
        SPECULATION,
        LONG_TASKS,
        FETCH_WAIT,
        IMBALANCE,
        IDLE,
        HEAP,
        LOW_PARALLELISM,
        EXPLODING_JOIN);
    add(
        rules,
        SINGLE_TASK,
        PLAN,
        "one task has all of the data",
        SINGLE_TASK,
        LOW_PARALLELISM,
        LARGE_PARTITIONS,
        SPILL,
        STAGE_GC,
        HEAP,
        OUT_OF_MEMORY,
        LONG_TASKS,
        IDLE,
        IMBALANCE,
        WAITING);
    add(
        rules,
        LOW_PARALLELISM,
        STAGE,
        "few tasks have much to do each, and the other cores nothing",
        LARGE_PARTITIONS,
        SPILL,
        STAGE_GC,
        OUT_OF_MEMORY,
        LONG_TASKS,
        IDLE,
        IMBALANCE);
    add(
        rules,
        LARGE_PARTITIONS,
        STAGE,
        "a partition does not fit into a task's memory",
        SPILL,
        STAGE_GC,
        HEAP,
        OUT_OF_MEMORY,
        LONG_TASKS,
        TAIL);
    add(
        rules,
        TINY_TASKS,
        EnumSet.of(Link.SAME, Link.LOADED_BY, Link.COORDINATED_BY, Link.CONTAINS),
        "starting a task costs more than it does, and every one costs the driver memory and time",
        SCHEDULER_DELAY,
        SERIALIZATION,
        SMALL_BLOCKS,
        DRIVER_MEMORY,
        DRIVER_STARVED,
        IDLE,
        WAITING,
        FETCH_WAIT);
    add(
        rules,
        SPILL,
        STAGE,
        "what is spilled is written, read and merged again",
        WAITING,
        LONG_TASKS,
        SLOW_WRITE,
        SPILL);
    add(rules, TAIL, STAGE, "all wait for it", SPECULATION, IMBALANCE, IDLE, LONG_TASKS);
    add(
        rules,
        AMPLIFICATION,
        EnumSet.of(Link.SAME, Link.SHUFFLES_FROM, Link.LOADED_BY),
        "more is shuffled than was read",
        SPILL,
        FETCH_WAIT,
        SLOW_WRITE,
        LARGE_PARTITIONS,
        HEAP);
    add(
        rules,
        SMALL_BLOCKS,
        HERE,
        "asking for a block costs more than moving it",
        FETCH_WAIT,
        SCHEDULER_DELAY,
        WAITING);
    add(rules, FETCH_WAIT, HERE, "the tasks wait for blocks", WAITING, LONG_TASKS);
    add(
        rules,
        STAGE_GC,
        STAGE,
        "the tasks wait for the collector",
        WAITING,
        LONG_TASKS,
        FETCH_WAIT);
    add(rules, SLOW_READER, HERE, "the slowest reader holds up its stage", TAIL, WAITING);
    add(rules, FAR_FROM_DATA, HERE, "the data come over the network", WAITING, SLOW_READER);
  }

  private static void plans(List<Rule> rules) {
    Problem[] ofJoins = {
      SPILL,
      STAGE_GC,
      HEAP,
      OUT_OF_MEMORY,
      LONG_TASKS,
      AMPLIFICATION,
      LARGE_PARTITIONS,
      SLOW_WRITE,
      LOW_PARALLELISM,
      SINGLE_TASK,
      IDLE,
      TAIL,
      IMBALANCE
    };
    add(rules, CARTESIAN, PLAN, "every row is compared with every other", ofJoins);
    add(rules, EXPLODING_JOIN, PLAN, "each row becomes many", ofJoins);
    add(
        rules,
        MISSED_BROADCAST,
        PLAN,
        "the large side is shuffled and sorted for a small one",
        SPILL,
        FETCH_WAIT,
        SLOW_WRITE,
        STAGE_GC,
        SMALL_BLOCKS,
        LONG_TASKS,
        SERIALIZATION);
    add(
        rules,
        LARGE_BROADCAST,
        ANY,
        "the driver collects the table and each executor holds a copy",
        DRIVER_MEMORY,
        DRIVER_BOUND,
        JOB_GAPS,
        LARGE_RESULTS,
        OUT_OF_MEMORY,
        HEAP,
        STAGE_GC,
        SERIALIZATION,
        SCHEDULER_DELAY,
        IDLE);
    add(
        rules,
        SMALL_FILES,
        ANY,
        "opening and listing files takes longer than reading them",
        WAITING,
        SCHEDULER_DELAY,
        TINY_TASKS,
        JOB_GAPS,
        DRIVER_BOUND,
        SERIALIZATION,
        LONG_TASKS,
        IDLE);
    add(
        rules,
        FILES_WRITTEN,
        ANY,
        "each file is opened, closed and moved into place",
        SLOW_COMMIT,
        JOB_GAPS,
        WAITING,
        LONG_TASKS);
    add(rules, SCAN, PLAN, "more is read than is needed", LONG_TASKS, WAITING, SMALL_FILES);
    add(
        rules,
        RECOMPUTATION,
        ANY,
        "the same work is done again",
        LONG_TASKS,
        SCAN,
        MISSED_BROADCAST,
        SPILL);
    add(
        rules,
        OPAQUE_FUNCTION,
        PLAN,
        "rows leave the engine, one by one, and another process works on them",
        WAITING,
        LONG_TASKS,
        OUTSIDE_HEAP,
        SERIALIZATION);
    add(rules, MORE_INPUT, ANY, "more is to be done", SLOWER, LONG_TASKS, LARGE_PARTITIONS, SPILL);
  }

  private static void memory(List<Rule> rules) {
    add(
        rules,
        HEAP,
        CARRIED,
        "with too little room above what lives the collector works all the time, and in the end"
            + " memory runs out",
        STAGE_GC,
        SPILL,
        OUT_OF_MEMORY,
        EXECUTORS_LOST,
        EXECUTOR_SLOW,
        FETCH_WAIT,
        BLOCKS_LOST,
        TAIL,
        WAITING,
        LONG_TASKS,
        SCHEDULER_DELAY);
    add(
        rules,
        OUT_OF_MEMORY,
        ANY,
        "a task that runs out of memory fails, and often takes its executor along",
        EXECUTORS_LOST,
        TASKS_FAIL,
        PART_FAILED,
        RUN_FAILED,
        DONE_AGAIN,
        EXECUTOR_FAILS);
    add(
        rules,
        OUTSIDE_HEAP,
        ANY,
        "what is outside the heap counts towards the limit that kills",
        KILLED_FOR_MEMORY,
        EXECUTORS_LOST,
        RUN_FAILED);
    add(
        rules,
        KILLED_FOR_MEMORY,
        ANY,
        "a process that is killed is lost",
        EXECUTORS_LOST,
        BLOCKS_LOST,
        TASKS_FAIL,
        PART_FAILED,
        RUN_FAILED,
        DONE_AGAIN);
  }

  private static void losses(List<Rule> rules) {
    add(
        rules,
        EXECUTORS_LOST,
        ANY,
        "with an executor its tasks, its shuffle files and its cores are gone",
        BLOCKS_LOST,
        TASKS_FAIL,
        PART_FAILED,
        RUN_FAILED,
        DONE_AGAIN,
        LAUNCH_WAIT,
        FETCH_WAIT,
        TAIL,
        LOW_PARALLELISM,
        IMBALANCE,
        IDLE);
    add(
        rules,
        BLOCKS_LOST,
        ANY,
        "a stage whose blocks are gone is run again",
        TASKS_FAIL,
        PART_FAILED,
        RUN_FAILED,
        DONE_AGAIN,
        FETCH_WAIT);
    add(
        rules,
        EXECUTOR_FAILS,
        ANY,
        "what runs there fails",
        TASKS_FAIL,
        PART_FAILED,
        RUN_FAILED,
        DONE_AGAIN);
    add(rules, TASKS_FAIL, ANY, "a task that fails is run again", PART_FAILED, DONE_AGAIN);
    add(rules, PART_FAILED, ANY, "the last try failed as well", RUN_FAILED);
    for (Problem first :
        List.of(OUT_OF_MEMORY, EXECUTORS_LOST, BLOCKS_LOST, EXECUTOR_FAILS, LARGE_RESULTS)) {
      add(rules, first, ANY, "what is left of a failed job is cancelled", KILLED);
    }
    for (Problem refused : List.of(REFUSED, KILLED)) {
      add(
          rules,
          refused,
          ANY,
          "the engine's own words of why it ended",
          RUN_FAILED,
          PART_FAILED,
          TASKS_FAIL,
          DONE_AGAIN);
    }
  }

  private static void machines(List<Rule> rules) {
    Problem[] ofSlowness = {
      TAIL,
      EXECUTOR_SLOW,
      SPECULATION,
      IMBALANCE,
      FETCH_WAIT,
      SLOW_READER,
      SLOW_WRITE,
      WAITING,
      IDLE,
      LONG_TASKS
    };
    add(
        rules,
        EXECUTOR_SLOW,
        CARRIED,
        "its tasks take longer, and others wait for them",
        ofSlowness);
    add(rules, HOST_SLOW, CARRIED, "all that runs there is slow", ofSlowness);
    add(
        rules,
        EXECUTOR_SLOW,
        EnumSet.of(Link.CONTAINS),
        "the only executor of a host is what is known of it",
        HOST_SLOW);
    add(rules, HOST_BUSY, CARRIED, "all that runs there waits", ofSlowness);
    add(rules, HOST_BUSY, CARRIED, "who runs there gets no CPU", HOST_SLOW, STARVED_PROCESS);
    add(
        rules,
        STARVED_PROCESS,
        CARRIED,
        "a process without CPU or memory of its host stands still",
        TAIL,
        EXECUTOR_SLOW,
        HOST_SLOW,
        WAITING,
        FETCH_WAIT,
        SCHEDULER_DELAY,
        EXECUTORS_LOST,
        STAGE_GC);
  }

  private static void driver(List<Rule> rules) {
    add(rules, DRIVER_BOUND, ANY, "while the driver works alone no task runs", IDLE);
    add(rules, JOB_GAPS, ANY, "while no stage runs no task does", IDLE, DRIVER_BOUND);
    add(
        rules,
        TINY_JOBS,
        ANY,
        "each job is planned, sent and answered for next to nothing",
        DRIVER_BOUND,
        JOB_GAPS,
        SCHEDULER_DELAY,
        SERIALIZATION,
        IDLE);
    add(
        rules,
        LARGE_RESULTS,
        ANY,
        "results go to the driver, which takes them one by one and keeps them",
        DRIVER_MEMORY,
        DRIVER_BOUND,
        JOB_GAPS,
        SCHEDULER_DELAY,
        SERIALIZATION,
        RUN_FAILED,
        PART_FAILED,
        IDLE);
    add(rules, SLOW_COMMIT, ANY, "the driver moves files", DRIVER_BOUND, JOB_GAPS, IDLE);
    add(
        rules,
        DRIVER_MEMORY,
        ANY,
        "a driver that collects garbage launches no tasks and answers nobody",
        DRIVER_BOUND,
        JOB_GAPS,
        SCHEDULER_DELAY,
        EXECUTORS_LOST,
        RUN_FAILED);
    add(
        rules,
        DRIVER_STARVED,
        ANY,
        "a driver without CPU launches no tasks",
        DRIVER_BOUND,
        JOB_GAPS,
        SCHEDULER_DELAY,
        SLOW_COMMIT);
  }

  private static void surroundings(List<Rule> rules) {
    add(
        rules,
        QUEUE,
        ANY,
        "the cluster gives nothing, or takes it back",
        LATE_EXECUTORS,
        LAUNCH_WAIT,
        EXECUTORS_LOST,
        IDLE);
    add(
        rules,
        NODE,
        CARRIED,
        "what runs there fails or is slow",
        EXECUTORS_LOST,
        EXECUTOR_FAILS,
        TASKS_FAIL,
        BLOCKS_LOST,
        FETCH_WAIT,
        EXECUTOR_SLOW,
        HOST_SLOW,
        TAIL,
        LATE_EXECUTORS);
    add(
        rules,
        STORAGE,
        ANY,
        "who reads, writes or lists waits",
        WAITING,
        SLOW_READER,
        TAIL,
        SMALL_FILES,
        SLOW_COMMIT,
        DRIVER_BOUND,
        JOB_GAPS,
        CHECKPOINTS,
        SLOW_RESTORE);
    add(
        rules,
        KAFKA,
        ANY,
        "who reads or writes waits",
        WAITING,
        TAIL,
        BUSY_OPERATOR,
        SOURCE_SILENT,
        WATERMARK);
  }

  private static void flink(List<Rule> rules) {
    add(
        rules,
        KEY_SKEW,
        ANY,
        "one subtask has most of the records",
        SLOW_SUBTASK,
        BUSY_OPERATOR,
        BACK_PRESSURE,
        CHECKPOINTS,
        STATE_GROWTH);
    add(rules, SLOW_SUBTASK, ANY, "all wait for it", BUSY_OPERATOR, BACK_PRESSURE, CHECKPOINTS);
    add(
        rules,
        BUSY_OPERATOR,
        ANY,
        "those before it wait, and barriers behind their records",
        BUSY_OPERATOR,
        BACK_PRESSURE,
        CHECKPOINTS,
        WATERMARK);
    add(rules, BACK_PRESSURE, ANY, "barriers wait behind records", CHECKPOINTS);
    add(
        rules,
        STATE_STORE,
        ANY,
        "the operator waits for compaction",
        BUSY_OPERATOR,
        BACK_PRESSURE,
        CHECKPOINTS);
    add(rules, STATE_GROWTH, ANY, "more is to be kept", STATE_STORE, CHECKPOINTS, FLINK_MEMORY);
    add(
        rules,
        FLINK_MEMORY,
        ANY,
        "collections hold up the operators, and in the end memory runs out",
        FLINK_OUT_OF_MEMORY,
        BUSY_OPERATOR,
        SLOW_SUBTASK,
        CONNECTION,
        CHECKPOINTS);
    add(rules, FLINK_OUT_OF_MEMORY, ANY, "the TaskManager goes", CONNECTION, RESTARTS, CHECKPOINTS);
    add(rules, CONNECTION, ANY, "its tasks fail", RESTARTS, CHECKPOINTS);
    add(rules, JOB_MANAGER, ANY, "it answers nobody", CONNECTION, RESTARTS, CHECKPOINTS);
    add(rules, SOURCE_SILENT, ANY, "no record carries event time on", WATERMARK);
  }
}
