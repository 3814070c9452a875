// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.rootcause;

import io.plimsoll.diagnosis.cause.CauseEngine;
import io.plimsoll.diagnosis.cause.CauseOptions;
import io.plimsoll.diagnosis.cause.Explained;
import io.plimsoll.diagnosis.cause.Hop;
import io.plimsoll.diagnosis.cause.Ranking;
import io.plimsoll.diagnosis.cause.Severity;
import io.plimsoll.diagnosis.cause.Suspect;
import io.plimsoll.diagnosis.cause.Symptom;
import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.graph.Family;
import io.plimsoll.diagnosis.graph.LinkGraph;
import io.plimsoll.diagnosis.graph.LinkType;
import io.plimsoll.profile.RunProfile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what caused the trouble of a run among its findings: residual explaining away (see {@link
 * CauseEngine}) over problems in places, each as severe as ln(1 + per cent of the run's wall time
 * that it took), gated from the run's failure, its lost time and its unsteadiness. Pure; the order
 * of the findings does not matter.
 */
public final class RootCauseSearch {
  /** Below this probability nobody is named. */
  private static final double LEAST_PROBABILITY = 0.4;

  /** Below this probability nobody is a suspect. */
  private static final double LEAST_SUSPICION = 0.1;

  /** What may have something behind it that nobody looked at is that much less sure. */
  private static final double UNSEEN = 0.8;

  /** A cause that took less than this part of what the first took is told as a suspect. */
  private static final double LEAST_PART = 0.2;

  private static final int MOST_SUSPECTS = 5;
  private static final int MOST_CAUSES = 3;
  private static final double PER_CENT = 100;

  private final RunProfile run;
  private final List<Finding> findings;
  private final TroubleGraph graph;
  private final int count;

  private RootCauseSearch(RunProfile run, List<Finding> findings) {
    this.run = run;
    this.findings = findings;
    this.graph = TroubleGraph.of(run, findings);
    this.count = graph.troubles().size();
  }

  /**
   * The causes of what is wrong with a run.
   *
   * @param findings of all points, those that did not fire included: what was not looked at makes
   *     for doubt
   */
  public static RootCauses of(RunProfile run, List<Finding> findings) {
    return new RootCauseSearch(run, findings).search();
  }

  private RootCauses search() {
    if (run.wallMillis() == 0) {
      String reason = "How long the run took is not known.";
      boolean isTroubled =
          findings.stream().anyMatch(each -> each.hasFired() && Problem.of(each.point()) != null);
      return isTroubled
          ? new RootCauses(List.of(), List.of(), List.of(), true, reason)
          : RootCauses.noTrouble(reason);
    }
    if (graph.troubles().isEmpty()) {
      return RootCauses.noTrouble(
          String.format(
              Locale.ROOT,
              "Nothing that was found took %.0f %% of the run's time or made it fail.",
              PER_CENT * TroubleGraph.LEAST_SHARE));
    }
    return told(ranking());
  }

  /** Troubles first, then one node for the time that each took, then the symptoms. */
  private Ranking ranking() {
    int size = 2 * count + 3;
    LinkGraph.Builder builder = LinkGraph.builder(size);
    for (TroubleGraph.Edge edge : graph.edges()) {
      builder.link(edge.effect(), edge.cause(), edge.link().type());
    }
    double[] severity = new double[size];
    for (int i = 0; i < count; i++) {
      Trouble trouble = graph.troubles().get(i);
      severity[i] = severity(graph.lost(i));
      int symptom = 2 * count + symptom(trouble.problem());
      if (trouble.own() > 0 && trouble.problem().nature() != Problem.Nature.CONSEQUENCE) {
        severity[count + i] = Math.min(severity[i], severity(trouble.own()));
        builder.link(count + i, i, LinkType.DEPENDS_ON);
        builder.link(symptom, count + i, LinkType.DEPENDS_ON);
      } else {
        // Less than through the time that something took, so that the way there is shown.
        builder.link(symptom, i, LinkType.COORDINATED_BY);
      }
      severity[symptom] = Math.max(severity[symptom], severity[i]);
    }
    CauseEngine engine =
        new CauseEngine(builder.build(), CauseOptions.DEFAULT.listing(Math.max(1, size)));
    for (int i = 0; i < size; i++) {
      if (severity[i] > 0 || i < 2 * count) {
        engine.observe(i, Family.OTHER, severity[i]);
      }
    }
    List<Symptom> symptoms = new ArrayList<>();
    for (int i = 2 * count; i < size; i++) {
      if (severity[i] > 0) {
        symptoms.add(new Symptom(i, -1, 1));
      }
    }
    return engine.rank(symptoms);
  }

  private double severity(double lostMillis) {
    return Severity.of(PER_CENT * lostMillis / run.wallMillis());
  }

  /** 0 the run failed, 1 it lost time, 2 it was unsteady. */
  private static int symptom(Problem problem) {
    return switch (problem) {
      case RUN_FAILED -> 0;
      case PART_FAILED,
          TASKS_FAIL,
          DONE_AGAIN,
          RESTARTS,
          LARGE_PARTITIONS,
          OUT_OF_MEMORY,
          OUTSIDE_HEAP,
          KILLED_FOR_MEMORY,
          EXECUTORS_LOST,
          BLOCKS_LOST,
          EXECUTOR_FAILS,
          FLINK_OUT_OF_MEMORY,
          FLINK_MEMORY,
          JOB_MANAGER,
          CONNECTION,
          CHECKPOINTS ->
          2;
      default -> 1;
    };
  }

  private static String symptomWords(int symptom) {
    return switch (symptom) {
      case 0 -> "the run failed";
      case 1 -> "the run lost time";
      default -> "the run was unsteady";
    };
  }

  private RootCauses told(Ranking ranking) {
    List<Suspect> named = new ArrayList<>();
    for (Suspect suspect : ranking.suspects()) {
      if (suspect.component() < count && isNameable(suspect.component())) {
        named.add(suspect);
      }
    }
    List<RootCauses.ExplainedAway> away = explainedAway(ranking);
    List<RootCause> causes = new ArrayList<>();
    List<RootCause> suspects = new ArrayList<>();
    Set<Integer> covered = new LinkedHashSet<>();
    double most = named.isEmpty() ? 0 : graph.lost(named.get(0).component());
    for (Suspect suspect : named) {
      int at = suspect.component();
      boolean isAway = covered.contains(at) || suspect.residual() < suspect.severity() / 2;
      if (isAway && !causes.isEmpty()) {
        continue;
      }
      RootCause cause = cause(suspect);
      boolean isCause =
          suspect.isCause()
              && causes.size() < MOST_CAUSES
              && graph.lost(at) >= LEAST_PART * most
              && cause.probability() >= LEAST_PROBABILITY;
      if (isCause) {
        causes.add(cause);
        suspect.explains().forEach(each -> covered.add(each.component()));
      } else if (suspects.size() < MOST_SUSPECTS && cause.probability() >= LEAST_SUSPICION) {
        suspects.add(cause);
      }
    }
    String reason = reason(ranking, named, causes, suspects);
    if (!reason.isEmpty()) {
      List<RootCause> hints = new ArrayList<>(causes);
      hints.addAll(suspects);
      return new RootCauses(
          List.of(), hints.stream().limit(MOST_SUSPECTS).toList(), away, true, reason);
    }
    return new RootCauses(causes, suspects, away, false, "");
  }

  private boolean isNameable(int index) {
    return graph.troubles().get(index).problem().isNameable();
  }

  /** Why nobody is named; empty where somebody is. */
  private String reason(
      Ranking ranking, List<Suspect> named, List<RootCause> causes, List<RootCause> suspects) {
    String failure = unexplainedFailure(named);
    if (!failure.isEmpty()) {
      return failure;
    }
    if (named.isEmpty()) {
      String words = new FailureWords(run).first();
      return "What is wrong is seen, and nothing that was looked at explains it"
          + (words.isEmpty() ? "." : "; the engine says: " + words);
    }
    if (ranking.isAbstained() && !ranking.reason().isEmpty()) {
      return sentence(ranking.reason());
    }
    if (causes.isEmpty()) {
      List<String> doubts = suspects.isEmpty() ? List.of() : suspects.get(0).doubts();
      return "The likeliest cause is not sure enough"
          + (doubts.isEmpty() ? ": too little was told." : ": " + String.join("; ", doubts) + ".");
    }
    return "";
  }

  private static String sentence(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
  }

  /** A run that failed is not explained by what made it slow. */
  private String unexplainedFailure(List<Suspect> named) {
    for (int i = 0; i < count; i++) {
      if (graph.troubles().get(i).problem() == Problem.RUN_FAILED) {
        int failure = i;
        boolean isExplained =
            named.stream()
                .anyMatch(each -> each.explains().stream().anyMatch(e -> e.component() == failure));
        if (!isExplained) {
          String words = new FailureWords(run).first();
          return "The run failed, and nothing that was looked at explains it"
              + (words.isEmpty() ? "." : "; the engine says: " + words);
        }
      }
    }
    return "";
  }

  private RootCause cause(Suspect suspect) {
    Trouble trouble = graph.troubles().get(suspect.component());
    List<String> doubts = doubts(suspect.component(), trouble.problem());
    boolean isOpen = trouble.problem().nature() == Problem.Nature.OPEN && !doubts.isEmpty();
    double probability = suspect.confidence() * trouble.confidence() * (isOpen ? UNSEEN : 1);
    List<RootCause.Related> explains = new ArrayList<>();
    for (Explained each : suspect.explains()) {
      if (each.component() < count) {
        explains.add(graph.troubles().get(each.component()).related());
      }
    }
    Finding plainest = trouble.plainest();
    return new RootCause(
        plainest.point(),
        plainest.component(),
        trouble.problem().kind(),
        trouble.problem().words(),
        plainest.reason(),
        probability,
        path(suspect),
        explains,
        trouble.impact(graph.lost(suspect.component())),
        trouble.evidence(),
        trouble.counterEvidence(),
        isOpen ? doubts : List.of(),
        plainest.advice());
  }

  private List<RootCause.Step> path(Suspect suspect) {
    List<Integer> fromFailure = fromFailure(suspect.component());
    List<RootCause.Step> steps = new ArrayList<>();
    if (!fromFailure.isEmpty()) {
      steps.add(new RootCause.Step("run", symptomWords(0), ""));
      for (int i = 1; i < fromFailure.size(); i++) {
        steps.add(step(fromFailure.get(i), link(fromFailure.get(i - 1), fromFailure.get(i))));
      }
      return steps;
    }
    int before = -1;
    for (Hop hop : suspect.path()) {
      int at = hop.component();
      if (at >= 2 * count) {
        steps.add(new RootCause.Step("run", symptomWords(at - 2 * count), ""));
      } else if (at < count) {
        steps.add(step(at, before < 0 || before >= count ? null : link(before, at)));
      }
      before = at;
    }
    return steps;
  }

  private RootCause.Step step(int index, @Nullable Link link) {
    Trouble trouble = graph.troubles().get(index);
    return new RootCause.Step(
        trouble.plainest().component(),
        trouble.problem().words(),
        link == null ? Link.CONTAINS.words() : link.words());
  }

  /** The shortest way from the run's failure to this trouble; empty where there is none. */
  private List<Integer> fromFailure(int cause) {
    Map<Integer, Integer> effectOf = new HashMap<>();
    Deque<Integer> open = new ArrayDeque<>(List.of(cause));
    while (!open.isEmpty()) {
      int at = open.remove();
      if (graph.troubles().get(at).problem() == Problem.RUN_FAILED) {
        List<Integer> way = new ArrayList<>(List.of(at));
        while (way.get(way.size() - 1) != cause) {
          way.add(effectOf.get(way.get(way.size() - 1)));
        }
        return way;
      }
      for (TroubleGraph.Edge edge : graph.edges()) {
        if (edge.cause() == at && edge.effect() != cause) {
          if (effectOf.putIfAbsent(edge.effect(), at) == null) {
            open.add(edge.effect());
          }
        }
      }
    }
    return List.of();
  }

  private @Nullable Link link(int effect, int cause) {
    for (TroubleGraph.Edge edge : graph.edges()) {
      if (edge.effect() == effect && edge.cause() == cause) {
        return edge.link();
      }
    }
    return null;
  }

  /** What could be behind a problem, and was not looked at. */
  private List<String> doubts(int index, Problem effect) {
    Set<Problem> seen = new LinkedHashSet<>();
    for (TroubleGraph.Edge edge : graph.edges()) {
      if (edge.effect() == index) {
        seen.add(graph.troubles().get(edge.cause()).problem());
      }
    }
    Map<String, FindingState> states = new HashMap<>();
    for (Finding finding : findings) {
      states.merge(finding.point(), finding.state(), RootCauseSearch::better);
    }
    List<String> doubts = new ArrayList<>();
    for (Propagation.Rule rule : Propagation.all()) {
      Problem cause = rule.cause();
      boolean isUnseen =
          rule.effects().contains(effect)
              && !seen.contains(cause)
              && cause.isNameable()
              && cause.points().stream().anyMatch(p -> isMissing(states, p))
              && cause.points().stream().noneMatch(p -> isLooked(states, p));
      if (isUnseen) {
        doubts.add("could not look for " + cause.words());
      }
    }
    return doubts.stream().distinct().sorted(Comparator.naturalOrder()).toList();
  }

  private static FindingState better(FindingState a, FindingState b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static boolean isMissing(Map<String, FindingState> states, String point) {
    return states.get(point) == FindingState.NOT_EVALUATED;
  }

  private static boolean isLooked(Map<String, FindingState> states, String point) {
    FindingState state = states.get(point);
    return state == FindingState.CLEAR
        || state == FindingState.FIRED
        || state == FindingState.MUTED;
  }

  private List<RootCauses.ExplainedAway> explainedAway(Ranking ranking) {
    List<RootCauses.ExplainedAway> away = new ArrayList<>();
    for (Suspect each : ranking.suspects()) {
      int at = each.component();
      if (at < count && each.residual() < each.severity() / 2) {
        List<RootCause.Related> by = new ArrayList<>();
        for (TroubleGraph.Edge edge : graph.edges()) {
          if (edge.effect() == at && graph.lost(edge.cause()) * 2 >= graph.lost(at)) {
            by.add(graph.troubles().get(edge.cause()).related());
          }
        }
        RootCause.Related own = graph.troubles().get(at).related();
        away.add(new RootCauses.ExplainedAway(own.point(), own.component(), by));
      }
    }
    return away;
  }
}
