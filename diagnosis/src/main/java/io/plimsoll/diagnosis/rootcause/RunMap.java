// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.rootcause;

import io.plimsoll.diagnosis.signal.ComponentType;
import io.plimsoll.profile.ExecutorProfile;
import io.plimsoll.profile.JobProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The link graph of one run: which component depends on which, and how. It is asked pair by pair,
 * since only components with findings matter.
 */
final class RunMap {
  /** A stage with less of a query's task time is not where an operator of it works. */
  private static final double HOME_SHARE = 0.2;

  private final Map<String, StageProfile> stages = new HashMap<>();
  private final Map<String, Set<String>> stagesOfQuery = new HashMap<>();
  private final Map<String, String> hostOfExecutor = new HashMap<>();
  private final Map<String, Set<String>> behind = new HashMap<>();

  RunMap(RunProfile run) {
    run.stages().forEach(stage -> stages.put(stage.id(), stage));
    run.executors().forEach(each -> hostOfExecutor.put(each.executorId(), host(each)));
    Map<Integer, List<String>> attempts = new HashMap<>();
    for (StageProfile stage : run.stages()) {
      attempts.computeIfAbsent(stage.stageId(), any -> new ArrayList<>()).add(stage.id());
    }
    for (JobProfile job : run.jobs()) {
      if (job.sqlExecution() >= 0) {
        Set<String> known =
            stagesOfQuery.computeIfAbsent(
                Long.toString(job.sqlExecution()), any -> new HashSet<>());
        job.stages().forEach(id -> known.addAll(attempts.getOrDefault(id, List.of())));
      }
    }
    for (EngineEvent edge : run.details().facts(EventKind.FLINK_EDGE)) {
      behind
          .computeIfAbsent(
              String.valueOf(edge.text(EventText.SOURCE_VERTEX_ID)), any -> new HashSet<>())
          .add(String.valueOf(edge.text(EventText.VERTEX_ID)));
    }
  }

  private static String host(ExecutorProfile executor) {
    return executor.host() == null ? "" : executor.host();
  }

  @Nullable StageProfile stage(Place place) {
    return place.is(ComponentType.STAGE) ? stages.get(place.name()) : null;
  }

  /** The stages that ran for the query of this query or operator; none where it is neither. */
  List<StageProfile> stagesOf(Place place) {
    String query = query(place);
    List<StageProfile> found = new ArrayList<>();
    if (query != null) {
      for (String id : new java.util.TreeSet<>(stagesOfQuery.getOrDefault(query, Set.of()))) {
        StageProfile stage = stages.get(id);
        if (stage != null) {
          found.add(stage);
        }
      }
    }
    return found;
  }

  /**
   * Whether most of what this counts fell into this stage, or the stages of this query: only then
   * are they why. True for places that are neither.
   */
  boolean hasMost(Place place, ToLongFunction<StageProfile> counted) {
    StageProfile own = stage(place);
    List<StageProfile> told = own == null ? stagesOf(place) : List.of(own);
    long all = stages.values().stream().mapToLong(counted).sum();
    long theirs = told.stream().mapToLong(counted).sum();
    return told.isEmpty() || 2 * theirs >= all;
  }

  private static @Nullable String query(Place place) {
    return switch (place.type()) {
      case QUERY -> place.name();
      case PLAN_NODE -> place.name().contains(".") ? place.name().split("\\.", 2)[0] : null;
      default -> null;
    };
  }

  /** How the first depends on the second; null where it does not. */
  @Nullable Link link(Place effect, Place cause) {
    if (effect.equals(cause)) {
      return Link.SAME;
    }
    return switch (cause.type()) {
      case QUEUE, RESOURCE_MANAGER, POD -> Link.COORDINATED_BY;
      case NAMENODE, DATANODE, METASTORE, KAFKA_BROKER, KAFKA_TOPIC -> Link.READS_FROM;
      case NODE_MANAGER, HOST -> carrier(effect, cause);
      case WORKFLOW, RUN -> effect.is(ComponentType.WORKFLOW) ? Link.CONTAINS : Link.PLANNED_BY;
      default -> inside(effect, cause);
    };
  }

  private @Nullable Link carrier(Place effect, Place cause) {
    return switch (effect.type()) {
      case RUN, WORKFLOW, EXECUTORS, DRIVER, TASK_MANAGER, VERTEX, JOB_MANAGER -> Link.RUNS_ON;
      case EXECUTOR ->
          isOnHost(cause.name(), hostOfExecutor.getOrDefault(effect.name(), "")) && !isAlone(effect)
              ? Link.RUNS_ON
              : null;
      case STAGE -> isStageOn(effect, cause) ? Link.RUNS_ON : null;
      case HOST -> isOnHost(cause.name(), effect.name()) ? Link.RUNS_ON : null;
      default -> null;
    };
  }

  /** Whether the name is the host's, with a port or a domain behind it or without. */
  static boolean isOnHost(String name, String host) {
    return !host.isEmpty()
        && (name.equals(host) || name.startsWith(host + ":") || name.startsWith(host + "."));
  }

  /** Whether no other executor of the run is on its host: then nobody can tell the two apart. */
  private boolean isAlone(Place executor) {
    String host = hostOfExecutor.get(executor.name());
    return hostOfExecutor.values().stream().filter(each -> each.equals(host)).count() == 1;
  }

  private boolean isStageOn(Place stage, Place host) {
    StageProfile profile = stages.get(stage.name());
    Set<String> executors = profile == null ? Set.of() : profile.details().executors().keySet();
    return executors.isEmpty()
        || executors.stream()
            .anyMatch(id -> isOnHost(host.name(), hostOfExecutor.getOrDefault(id, "")));
  }

  private @Nullable Link inside(Place effect, Place cause) {
    return switch (effect.type()) {
      case RUN, WORKFLOW -> cause.is(ComponentType.DRIVER) ? Link.COORDINATED_BY : Link.CONTAINS;
      case EXECUTORS -> ofExecutors(cause);
      case EXECUTOR -> ofExecutor(effect, cause);
      case STAGE -> ofStage(effect, cause);
      case QUERY, PLAN_NODE -> ofQuery(effect, cause);
      case DRIVER -> Link.LOADED_BY;
      case VERTEX, SUBTASK -> ofVertex(effect, cause);
      case HOST ->
          effect.name().equals(hostOfExecutor.get(cause.name())) && isAlone(cause)
              ? Link.CONTAINS
              : null;
      case TASK_MANAGER -> cause.is(ComponentType.VERTEX) ? Link.LOADED_BY : null;
      default -> null;
    };
  }

  private static @Nullable Link ofExecutors(Place cause) {
    return switch (cause.type()) {
      case EXECUTOR -> Link.CONTAINS;
      case DRIVER -> Link.COORDINATED_BY;
      case STAGE, QUERY, PLAN_NODE -> Link.LOADED_BY;
      default -> null;
    };
  }

  private @Nullable Link ofExecutor(Place effect, Place cause) {
    return switch (cause.type()) {
      case EXECUTORS -> Link.RUNS_ON;
      case DRIVER -> Link.COORDINATED_BY;
      case STAGE -> isStageOnExecutor(cause, effect) ? Link.LOADED_BY : null;
      default -> null;
    };
  }

  private boolean isStageOnExecutor(Place stage, Place executor) {
    StageProfile profile = stages.get(stage.name());
    return profile == null
        || profile.details().executors().isEmpty()
        || profile.details().executors().containsKey(executor.name());
  }

  private @Nullable Link ofStage(Place effect, Place cause) {
    return switch (cause.type()) {
      case EXECUTORS -> Link.RUNS_ON;
      case EXECUTOR -> isStageOnExecutor(effect, cause) ? Link.RUNS_ON : null;
      case DRIVER -> Link.COORDINATED_BY;
      case QUERY, PLAN_NODE -> isHome(effect, cause) ? Link.PLANNED_BY : null;
      case STAGE -> isParent(effect, cause) ? Link.SHUFFLES_FROM : null;
      default -> null;
    };
  }

  private boolean isParent(Place effect, Place cause) {
    StageProfile stage = stages.get(effect.name());
    StageProfile parent = stages.get(cause.name());
    return stage != null && parent != null && stage.parents().contains(parent.stageId());
  }

  /** Whether the operator, or the query, spends its time in this stage. */
  private boolean isHome(Place stage, Place plan) {
    long all = 0;
    long own = 0;
    for (StageProfile each : stagesOf(plan)) {
      all += each.engine().runMillis();
      own += each.id().equals(stage.name()) ? each.engine().runMillis() : 0;
    }
    return all > 0 && own >= HOME_SHARE * all;
  }

  private @Nullable Link ofQuery(Place effect, Place cause) {
    return switch (cause.type()) {
      case STAGE -> {
        boolean isOurs =
            stagesOf(effect).stream().anyMatch(stage -> stage.id().equals(cause.name()));
        yield isOurs ? Link.CONTAINS : null;
      }
      case QUERY, PLAN_NODE -> {
        String ours = query(effect);
        yield ours != null && ours.equals(query(cause)) ? Link.PLANNED_BY : null;
      }
      case EXECUTORS, EXECUTOR -> Link.RUNS_ON;
      case DRIVER -> Link.COORDINATED_BY;
      default -> null;
    };
  }

  private @Nullable Link ofVertex(Place effect, Place cause) {
    return switch (cause.type()) {
      case VERTEX -> isBehind(effect.name(), cause.name()) ? Link.BACKPRESSURED_BY : null;
      case TASK_MANAGER -> Link.RUNS_ON;
      case JOB_MANAGER -> Link.COORDINATED_BY;
      default -> null;
    };
  }

  /** Whether records of the first come to the second, be it through others. */
  private boolean isBehind(String first, String second) {
    Set<String> seen = new HashSet<>(List.of(first));
    Deque<String> open = new ArrayDeque<>(List.of(first));
    while (!open.isEmpty()) {
      for (String next : behind.getOrDefault(open.remove(), Set.of())) {
        if (next.equals(second)) {
          return true;
        }
        if (seen.add(next)) {
          open.add(next);
        }
      }
    }
    return false;
  }
}
