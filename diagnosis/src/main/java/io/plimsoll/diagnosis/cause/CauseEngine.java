// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

import io.plimsoll.diagnosis.graph.Family;
import io.plimsoll.diagnosis.graph.LinkGraph;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Ranks the components of a link graph by how well they explain what is wrong: residual explaining
 * away on typed links, gated from the symptoms, with what did not report concluded from its
 * dependents.
 *
 * <p>Severities go in by {@link #observe} and {@link #observeLink}, as changes or all at once; the
 * next {@link #rank} computes only what depends on the changes, and gives the same as an engine
 * that was told everything anew. The last severity of a component and family is the one that
 * counts, so order and batches do not matter. Views stand for their owners, the worst of them
 * counts. Mutable; one thread.
 */
public final class CauseEngine {
  private final LinkGraph graph;
  private final CauseOptions options;
  private final Calibration calibration;
  private final Observed observed;
  private final Explaining explaining;
  private final Merged merged;
  private final LinkEvidence links = new LinkEvidence();

  public CauseEngine(LinkGraph graph, CauseOptions options) {
    this(graph, options, Confidence.PLANTED);
  }

  /** With a calibration that was fitted to faults of one's own. */
  public CauseEngine(LinkGraph graph, CauseOptions options, Calibration calibration) {
    this.calibration = Objects.requireNonNull(calibration, "calibration is null");
    this.graph = Objects.requireNonNull(graph, "graph is null");
    this.options = Objects.requireNonNull(options, "options is null");
    merged = new Merged(graph);
    observed = new Observed(graph, options.anomalous());
    explaining = new Explaining(graph, observed, options.ownShare());
  }

  /**
   * Says how bad a family of a component is.
   *
   * @param severity ln(1 + steps away), 0 where it reported and nothing is wrong
   */
  public void observe(int component, Family family, double severity) {
    if (!(severity >= 0) || !Double.isFinite(severity)) {
      throw new IllegalArgumentException("severity is not 0 or more: " + severity);
    }
    int owner = graph.owner(component);
    int f = family.ordinal();
    float worst = (float) severity;
    if (merged.isMerged(owner)) {
      worst = merged.note(owner, component, f, worst);
    }
    explaining.touch(owner);
    observed.set(owner, f, worst);
  }

  /** Forgets all that was said of a component: it no longer reports. */
  public void forget(int component) {
    int owner = graph.owner(component);
    explaining.touch(owner);
    observed.forget(owner);
    if (merged.isMerged(owner)) {
      merged.forget(component);
      for (int f = 0; f < Family.COUNT; f++) {
        float left = merged.worst(owner, f);
        if (!Float.isNaN(left)) {
          observed.set(owner, f, left);
        }
      }
    }
  }

  /** Says how bad a link itself is, by what its dependent sees more than its cause. */
  public void observeLink(int dependent, int cause, double severity) {
    if (!(severity >= 0) || !Double.isFinite(severity)) {
      throw new IllegalArgumentException("severity is not 0 or more: " + severity);
    }
    int from = graph.owner(dependent);
    int to = graph.owner(cause);
    if (from != to) {
      links.set(from, to, severity);
    }
  }

  /** Computes what depends on the changes since the last call; {@link #rank} does it by itself. */
  public void refresh() {
    explaining.refresh();
  }

  /** Computes everything anew. */
  public void refreshAll() {
    explaining.refreshAll();
  }

  /** What none of the component's causes explains of its worst family, as of the last refresh. */
  public double residual(int component) {
    return explaining.residual(graph.owner(component));
  }

  /** The component's worst severity, that of its views included. */
  public double severity(int component) {
    return observed.highest(graph.owner(component));
  }

  /** What was last said of a family of this very component, 0 where nothing was. */
  public double severity(int component, Family family) {
    int f = family.ordinal();
    if (!merged.isMerged(graph.owner(component))) {
      return observed.severity(component, f);
    }
    float own = merged.own(component, f);
    return Float.isNaN(own) ? 0 : own;
  }

  /** Whether anything was said of the component or its views. */
  public boolean hasReported(int component) {
    return observed.hasReported(graph.owner(component));
  }

  /** Ranks the suspects of these symptoms, of which there is at least one. */
  public Ranking rank(List<Symptom> symptoms) {
    if (symptoms.isEmpty()) {
      throw new IllegalArgumentException("no symptom to start from");
    }
    explaining.refresh();
    Scores scores = new Scores(graph, observed, explaining, links, options);
    double weights = symptoms.stream().mapToDouble(Symptom::weight).sum();
    Paths paths = new Paths();
    double anomaly = 0;
    Set<Integer> components = new HashSet<>();
    for (Symptom symptom : symptoms) {
      int t = graph.owner(symptom.component());
      components.add(t);
      Region region = Region.around(t, graph, observed, options);
      paths.add(region);
      scores.add(region, symptom.weight() / weights);
      double severity = symptom.severity() < 0 ? observed.highest(t) : symptom.severity();
      anomaly = Math.max(anomaly, Severity.anomaly(severity, options.halfwaySteps()));
    }
    return new Verdict(graph, observed, explaining, links, options, scores, paths)
        .rank(components, anomaly, calibration);
  }
}
