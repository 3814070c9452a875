// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

import io.plimsoll.diagnosis.graph.CyclicPairs;
import io.plimsoll.diagnosis.graph.Family;
import io.plimsoll.diagnosis.graph.LinkGraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Puts the suspects in order, says how sure it is, and abstains where the evidence is thin. */
final class Verdict {
  /** Scores nearer to each other than this, relatively, are equal. */
  private static final double EQUAL = 1e-9;

  private static final int COMPETING = 5;
  private static final double LEAST_ANOMALY = 0.5;
  private static final double LEAST_CONFIDENCE = 0.5;
  private static final double INFERRED = 0.75;
  private static final int MOST_SILENT = 3;

  /** More of equal scores are counted and not listed. */
  private static final int MOST_LISTED = 1_000;

  private final LinkGraph graph;
  private final Observed observed;
  private final Explaining explaining;
  private final LinkEvidence links;
  private final CauseOptions options;
  private final Scores scores;
  private final Paths paths;
  private final Cover cover;

  Verdict(
      LinkGraph graph,
      Observed observed,
      Explaining explaining,
      LinkEvidence links,
      CauseOptions options,
      Scores scores,
      Paths paths) {
    this.graph = graph;
    this.observed = observed;
    this.explaining = explaining;
    this.links = links;
    this.options = options;
    this.scores = scores;
    this.paths = paths;
    this.cover = new Cover(graph, observed, scores);
  }

  /**
   * The ranking.
   *
   * @param anomaly how sure it is that the worst symptom is one, 0 to 1
   */
  Ranking rank(Set<Integer> symptoms, double anomaly, Calibration calibration) {
    List<Scored> sorted = sorted();
    List<Integer> order = sorted.stream().map(Scored::component).toList();
    Set<Integer> causes = new LinkedHashSet<>(cover.pick(order, options.leastScore()));
    double others = scoresOfOthers(sorted, causes);
    List<Suspect> suspects = new ArrayList<>();
    Ties ties = new Ties(0, 0, 0);
    for (int i = 0; i < sorted.size() && suspects.size() < MOST_LISTED; i++) {
      if (i == ties.end()) {
        if (i >= options.listed()) {
          break;
        }
        ties = ties(sorted, i, causes);
      }
      Scored own = sorted.get(i);
      boolean isCause = causes.contains(own.component());
      double confidence = confidence(sorted, i, causes, anomaly, calibration);
      confidence = Math.min(confidence, 1.0 / (ties.others() + (isCause ? 1 : 0)));
      if (i > 0 && !isCause) {
        double left = (1 - suspects.get(0).confidence()) * own.score() / others;
        confidence = Math.min(confidence, left);
      }
      suspects.add(suspect(own, ties.first() + 1, causes, confidence));
    }
    String reason = reason(sorted, causes, symptoms, anomaly);
    if (reason.isEmpty()) {
      reason = sureness(suspects.get(0));
    }
    int unlisted = Math.max(0, ties.end() - suspects.size());
    return new Ranking(
        suspects, !reason.isEmpty(), reason, explainedAway(), scores.size(), unlisted);
  }

  /**
   * Suspects of equal scores.
   *
   * @param first the index of the first
   * @param end the index behind the last
   * @param others how many of them are no causes
   */
  private record Ties(int first, int end, int others) {}

  private static Ties ties(List<Scored> sorted, int first, Set<Integer> causes) {
    int end = first;
    int others = 0;
    while (end < sorted.size()
        && (end == first || isEqual(sorted.get(end).score(), sorted.get(end - 1).score()))) {
      others += causes.contains(sorted.get(end).component()) ? 0 : 1;
      end++;
    }
    return new Ties(first, end, others);
  }

  /** The sum over those that are no causes, the first one left out. */
  private static double scoresOfOthers(List<Scored> sorted, Set<Integer> causes) {
    double others = 0;
    for (int i = 1; i < sorted.size(); i++) {
      others += causes.contains(sorted.get(i).component()) ? 0 : sorted.get(i).score();
    }
    return others;
  }

  /** A component and its score. */
  private record Scored(int component, double score) {}

  private List<Scored> sorted() {
    List<Scored> found = new ArrayList<>();
    for (int v : scores.components()) {
      double score = scores.score(v);
      if (score > 0) {
        found.add(new Scored(v, score));
      }
    }
    found.sort(
        Comparator.comparingDouble(Scored::score).reversed().thenComparingInt(Scored::component));
    return found;
  }

  private static boolean isEqual(double a, double b) {
    return Math.abs(a - b) <= EQUAL * Math.max(Math.abs(a), Math.abs(b));
  }

  private Suspect suspect(Scored scored, int rank, Set<Integer> causes, double confidence) {
    int v = scored.component();
    return new Suspect(
        v,
        scored.score(),
        confidence,
        causes.contains(v),
        rank,
        scores.severity(v),
        scores.residual(v),
        scores.linkSeverity(v),
        scores.gate(v),
        scores.isInferred(v),
        paths.to(v),
        explained(cover.explainedBy(v)),
        circle(v),
        against(v));
  }

  /** As if it were the first. */
  private double confidence(
      List<Scored> sorted, int at, Set<Integer> causes, double anomaly, Calibration calibration) {
    int own = sorted.get(at).component();
    return calibration.of(rawConfidence(sorted, at, causes) * anomaly * coverage(own));
  }

  /** Its share of the scores of the first few; other causes do not compete with a cause. */
  private static double rawConfidence(List<Scored> sorted, int at, Set<Integer> causes) {
    double mine = sorted.get(at).score();
    double all = mine;
    boolean isCause = causes.contains(sorted.get(at).component());
    for (int i = 0; i < Math.min(COMPETING, sorted.size()); i++) {
      boolean isAlly = isCause && causes.contains(sorted.get(i).component());
      all += i == at || isAlly ? 0 : sorted.get(i).score();
    }
    return mine / all;
  }

  /**
   * How much of what should speak of the component did, 0 to 1; halved where one of its causes is
   * silent, and so on: it may be behind it.
   */
  private double coverage(int v) {
    int expected = graph.type(v).expected();
    int reported = observed.reported(v);
    double own = (1.0 + Integer.bitCount(expected & reported)) / (1 + Integer.bitCount(expected));
    own = reported == 0 ? INFERRED : own;
    return own / (1 + Math.min(MOST_SILENT, silentCauses(v)));
  }

  private int silentCauses(int v) {
    int silent = 0;
    for (int i = graph.causesFrom(v); i < graph.causesTo(v); i++) {
      silent += observed.hasReported(graph.cause(i)) ? 0 : 1;
    }
    return silent;
  }

  private List<Explained> explained(Set<Integer> components) {
    List<Explained> found = new ArrayList<>();
    for (int d : components) {
      found.add(new Explained(d, observed.highest(d), scores.residual(d)));
    }
    return found;
  }

  private List<Explained> explainedAway() {
    List<Explained> found = new ArrayList<>();
    for (int v : scores.components()) {
      double s = observed.highest(v);
      if (observed.isAnomalous(v) && scores.residual(v) < s / 2) {
        found.add(new Explained(v, s, scores.residual(v)));
      }
    }
    found.sort(
        Comparator.comparingDouble(Explained::severity)
            .reversed()
            .thenComparingInt(Explained::component));
    return found.size() > options.listed() ? found.subList(0, options.listed()) : found;
  }

  private List<Integer> circle(int v) {
    CyclicPairs circles = explaining.circles();
    Set<Integer> others = new TreeSet<>();
    for (int f = 0; f < Family.COUNT; f++) {
      int group = circles.group(v, f);
      if (group >= 0 && observed.severity(v, f) > 0) {
        for (int member : circles.components(group)) {
          if (others.size() < options.listed() && observed.isAnomalous(member)) {
            others.add(member);
          }
        }
      }
    }
    others.remove(v);
    return List.copyOf(others);
  }

  private List<String> against(int v) {
    List<String> found = new ArrayList<>();
    if (scores.isInferred(v)) {
      found.add("nothing of it was measured: it is concluded from what depends on it");
    }
    int causes = graph.causesTo(v) - graph.causesFrom(v);
    int silent = silentCauses(v);
    if (silent > 0) {
      found.add(silent + " of " + causes + " it depends on did not report and could be behind it");
    }
    healthyDependents(v, found);
    long sound = links.of(v).values().stream().filter(s -> s < options.anomalous()).count();
    if (scores.linkSeverity(v) > scores.residual(v) && sound > 0) {
      found.add(sound + " of its " + links.of(v).size() + " observed links are sound");
    }
    double s = scores.severity(v);
    if (s > 0 && scores.residual(v) < s / 2) {
      found.add(
          String.format(
              Locale.ROOT,
              "%.0f %% of its own severity is explained by what it depends on",
              100 * (1 - scores.residual(v) / s)));
    }
    return found;
  }

  private void healthyDependents(int v, List<String> found) {
    int known = 0;
    int healthy = 0;
    for (int i = graph.dependentsFrom(v); i < graph.dependentsTo(v); i++) {
      int d = graph.dependent(i);
      if (observed.hasReported(d)) {
        known++;
        healthy += observed.isAnomalous(d) ? 0 : 1;
      }
    }
    if (healthy > 0) {
      found.add(healthy + " of " + known + " that depend on it look healthy");
    }
  }

  /** Why nobody can be named; empty where somebody can. */
  private String reason(
      List<Scored> sorted, Set<Integer> causes, Set<Integer> symptoms, double anomaly) {
    if (anomaly < LEAST_ANOMALY) {
      return "the symptom itself does not stand out from its normal time";
    }
    if (sorted.isEmpty()) {
      return "nothing that the symptom depends on stands out";
    }
    double first = sorted.get(0).score();
    if (first < options.leastScore()) {
      return String.format(
          Locale.ROOT,
          "the best suspect explains too little: score %.2f, at least %.2f is wanted",
          first,
          options.leastScore());
    }
    int suspect = sorted.get(0).component();
    if (symptoms.contains(suspect) && isBlind(suspect)) {
      return "nothing that the symptom depends on reported: any of it could be behind it";
    }
    return lead(sorted, causes, first);
  }

  /** Whether it depends on something and nothing at all is known of that. */
  private boolean isBlind(int v) {
    for (int i = graph.causesFrom(v); i < graph.causesTo(v); i++) {
      int cause = graph.cause(i);
      if (observed.hasReported(cause) || links.toCauses(v).containsKey(cause)) {
        return false;
      }
    }
    return graph.causesFrom(v) < graph.causesTo(v);
  }

  /** A suspect of whom, or of whose causes, too little is known is not named. */
  private static String sureness(Suspect first) {
    return first.confidence() >= LEAST_CONFIDENCE
        ? ""
        : String.format(
            Locale.ROOT,
            "too little reported to be sure of the first suspect: confidence %.2f, at least %.2f is"
                + " wanted",
            first.confidence(),
            LEAST_CONFIDENCE);
  }

  private String lead(List<Scored> sorted, Set<Integer> causes, double first) {
    Set<Integer> together = new HashSet<>(causes);
    together.addAll(circle(sorted.get(0).component()));
    for (Scored next : sorted) {
      if (!together.contains(next.component())) {
        return first < options.leastLead() * next.score()
            ? String.format(
                Locale.ROOT,
                "two suspects are too close to each other: scores %.2f and %.2f",
                first,
                next.score())
            : "";
      }
    }
    return "";
  }
}
