// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.locate;

import io.plimsoll.diagnosis.cause.Baseline;
import io.plimsoll.diagnosis.cause.CauseEngine;
import io.plimsoll.diagnosis.cause.CauseOptions;
import io.plimsoll.diagnosis.cause.Deviation;
import io.plimsoll.diagnosis.cause.Ranking;
import io.plimsoll.diagnosis.cause.Severity;
import io.plimsoll.diagnosis.cause.Symptom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Judges the series of a case one by one, keeping of each only what the answer needs, and ranks the
 * nodes at the end. Mutable; one thread.
 */
public final class Locator {
  private static final int LAST_NORMAL = 5;

  private final CaseGraph graph;
  private final int symptom;
  private final String symptomMetric;
  private final long incidentStart;
  private final Severity severity;
  private final CauseEngine engine;
  private final Notes notes = new Notes();
  private final EvidenceBook evidence = new EvidenceBook();
  private final PeerBook peers;
  private double symptomSeverity = -1;
  private long series;
  private long evaluated;

  /** Of a case with the usual constants. */
  public static Locator of(
      CaseGraph graph, String symptomNode, String symptomMetric, long incidentStartMillis) {
    return new Locator(
        graph,
        symptomNode,
        symptomMetric,
        incidentStartMillis,
        Severity.DEFAULT,
        CauseOptions.DEFAULT);
  }

  /**
   * Of a case.
   *
   * @param symptomNode the node that somebody complains about
   * @param symptomMetric its metric; empty where all of its metrics count
   * @param incidentStartMillis epoch milliseconds
   */
  public Locator(
      CaseGraph graph,
      String symptomNode,
      String symptomMetric,
      long incidentStartMillis,
      Severity severity,
      CauseOptions options) {
    this.graph = graph;
    this.symptomMetric = symptomMetric;
    this.incidentStart = incidentStartMillis;
    this.severity = severity;
    OptionalInt number = graph.number(symptomNode);
    if (number.isEmpty()) {
      throw new BadCaseException(
          graph.size() == 0
              ? "the case has no nodes: nothing can be ranked"
              : "the symptom's node '" + symptomNode + "' is not among the nodes");
    }
    symptom = number.getAsInt();
    engine = new CauseEngine(graph.links(), options);
    peers = new PeerBook(graph.links());
  }

  /** Takes one series. */
  public void add(CaseSeries one) {
    series++;
    if (one.isOfEdge()) {
      addEdge(one);
    } else {
      addNode(one);
    }
  }

  /** Notes something of the case that could not be taken as it was given. */
  public void note(String reason, String name) {
    notes.add(reason, name);
  }

  private void addNode(CaseSeries one) {
    OptionalInt found = graph.number(one.target().get(0));
    if (found.isEmpty()) {
      notes.add("series of a node that is not in the case, left out", one.where());
      return;
    }
    int node = found.getAsInt();
    Samples incident = incidentOf(one);
    Optional<Deviation> own = besideHistory(one, incident);
    if (incident.size() == 0) {
      notes.add(
          one.normal().size() > 0
              ? "series that stopped before the incident, not evaluated"
              : "series without a value, not evaluated",
          name(one));
      return;
    }
    if (graph.links().type(node).hasPeers()) {
      peers.add(node, one, Severity.median(incident.values()), own);
    } else {
      judge(node, one, own.or(() -> besideLimit(one, incident)));
    }
  }

  private static Optional<Deviation> besideLimit(CaseSeries one, Samples incident) {
    return Severity.besideLimit(one.family(), incident.values(), PeerBook.unit(one));
  }

  private Optional<Deviation> besideHistory(CaseSeries one, Samples incident) {
    Samples normal = one.normal().before(incidentStart);
    if (normal.size() == 0 && one.normal().size() > 0) {
      notes.add("normal time lies after the start of the incident, taken as it is", name(one));
      normal = one.normal();
    } else if (normal.size() < one.normal().size()) {
      notes.add("normal time reaches into the incident, cut off at its start", name(one));
    }
    double before = Double.NaN;
    double[] last = normal.lastBefore(incidentStart, LAST_NORMAL);
    if (last.length >= 2) {
      before = Severity.median(last);
    }
    return severity.besideHistory(
        Baseline.of(normal.values()),
        before,
        incident.values(),
        one.direction(),
        PeerBook.unit(one));
  }

  private Samples incidentOf(CaseSeries one) {
    Samples since = one.incident().since(incidentStart);
    if (since.size() == 0 && one.incident().size() > 0) {
      notes.add("incident lies before its own start: clocks apart, taken as it is", name(one));
      return one.incident();
    }
    if (since.size() < one.incident().size()) {
      notes.add("samples from before the incident's start, left out", name(one));
    }
    return since;
  }

  private void judge(int node, CaseSeries one, Optional<Deviation> judged) {
    if (judged.isEmpty()) {
      notes.add(
          "fewer than "
              + severity.leastHistory()
              + " samples of normal time and no peers, not evaluated",
          name(one));
      return;
    }
    evaluated++;
    Deviation deviation = judged.get();
    double worst = Math.max(deviation.severity(), engine.severity(node, one.family()));
    engine.observe(node, one.family(), worst);
    evidence.add(
        graph.links().owner(node),
        new EvidenceLine(one.target(), one.metric(), one.unit(), one.family(), deviation));
    if (node == symptom && one.metric().equals(symptomMetric)) {
      symptomSeverity = Math.max(symptomSeverity, deviation.severity());
    }
  }

  private void addEdge(CaseSeries one) {
    OptionalInt from = graph.number(one.target().get(0));
    OptionalInt to = graph.number(one.target().get(1));
    if (from.isEmpty() || to.isEmpty() || !isLinked(from.getAsInt(), to.getAsInt())) {
      notes.add("series of an edge that is not in the case, left out", one.where());
      return;
    }
    Optional<Deviation> judged = besideHistory(one, incidentOf(one));
    if (judged.isEmpty()) {
      notes.add("edge's series too short, not evaluated", name(one));
      return;
    }
    evaluated++;
    int dependent = graph.links().owner(from.getAsInt());
    int cause = graph.links().owner(to.getAsInt());
    evidence.addEdge(
        dependent,
        cause,
        new EvidenceLine(one.target(), one.metric(), one.unit(), one.family(), judged.get()));
    engine.observeLink(dependent, cause, evidence.worstOfEdge(dependent, cause));
  }

  private boolean isLinked(int from, int to) {
    int owner = graph.links().owner(from);
    int wanted = graph.links().owner(to);
    for (int i = graph.links().causesFrom(owner); i < graph.links().causesTo(owner); i++) {
      if (graph.links().cause(i) == wanted) {
        return true;
      }
    }
    return false;
  }

  private static String name(CaseSeries one) {
    return one.where() + " " + one.metric();
  }

  /** The answer; no series can be added after it. */
  public Answer answer() {
    peers.judge(severity, this::judge);
    if (!symptomMetric.isEmpty() && symptomSeverity < 0) {
      notes.add("the symptom's metric has no series that can be judged", symptomMetric);
    }
    engine.refreshAll();
    Ranking ranking = engine.rank(List.of(new Symptom(symptom, symptomSeverity, 1)));
    List<String> lines = new ArrayList<>(graph.notes());
    lines.addAll(notes.lines());
    return new Naming(graph, evidence).answer(ranking, lines, series, evaluated);
  }
}
