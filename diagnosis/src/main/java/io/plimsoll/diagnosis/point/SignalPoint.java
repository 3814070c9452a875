// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.finding.Evidence;
import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.diagnosis.signal.ComponentId;
import io.plimsoll.diagnosis.signal.Signal;
import io.plimsoll.diagnosis.signal.SignalMetric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A point that is declared: judges one metric of every component of a type. Fires for each
 * component that is ill, the worst {@value #MOST_FINDINGS} of them; else one finding says what came
 * of all components together.
 */
final class SignalPoint implements DiagnosisPoint {
  static final int MOST_FINDINGS = 20;

  private static final Comparator<Finding> WORST_FIRST =
      Comparator.comparing(Finding::severity, Comparator.reverseOrder())
          .thenComparing(
              finding -> finding.impact().coreMillis() + finding.impact().wallMillis(),
              Comparator.reverseOrder())
          .thenComparing(Finding::component);

  private final Declaration declaration;
  private final PointDescription description;

  SignalPoint(Declaration declaration, PointDescription description) {
    this.declaration = declaration;
    this.description = description;
  }

  @Override
  public PointDescription description() {
    return description;
  }

  /** What the point is declared to be. */
  Declaration declaration() {
    return declaration;
  }

  @Override
  public List<Finding> evaluate(Observed observed) {
    FindingDraft all = new FindingDraft(description, declaration.type.plural());
    if (!description.engines().covers(observed.run().engine())) {
      return List.of(all.notApplicable("The run is one of " + observed.run().engine() + "."));
    }
    List<ComponentId> components = observed.signals().components(declaration.type);
    String absence = observed.signals().absence(declaration.type);
    if (components.isEmpty() && absence != null) {
      return List.of(all.notApplicable(absence));
    }
    Tally tally = new Tally(new Peers(declaration, observed.signals()));
    for (ComponentId component : components) {
      look(observed, component, tally);
    }
    return tally.fired.isEmpty() ? List.of(together(all, observed, tally)) : worst(tally.fired);
  }

  /** What came of the components so far. */
  private static final class Tally {
    private final Peers peers;
    private final List<Finding> fired = new ArrayList<>();
    private int clear;
    private @Nullable Verdict worstClear;
    private @Nullable SignalMetric missing;
    private Declaration.@Nullable Gate shut;

    private Tally(Peers peers) {
      this.peers = peers;
    }
  }

  private void look(Observed observed, ComponentId component, Tally tally) {
    SignalMetric missing = missing(observed, component);
    if (missing != null) {
      tally.missing = missing;
      return;
    }
    for (Declaration.Gate gate : declaration.gates) {
      Signal signal = observed.signals().get(component, gate.metric());
      if (signal == null || signal.value() < gate.least()) {
        tally.shut = gate;
        return;
      }
    }
    Verdict verdict =
        Verdict.isFarFromFiring(declaration, description, observed, component)
            ? Verdict.clear(declaration, description, observed, component)
            : Verdict.of(declaration, description, observed, tally.peers, component);
    if (verdict.severity() == Severity.NONE) {
      tally.clear++;
      tally.worstClear = verdict.worse(tally.worstClear);
    } else {
      tally.fired.add(verdict.finding());
    }
  }

  private @Nullable SignalMetric missing(Observed observed, ComponentId component) {
    for (SignalMetric metric : declaration.required()) {
      Signal signal = observed.signals().get(component, metric);
      if (signal == null) {
        return metric;
      }
      if (metric.equals(declaration.metric) && signal.support() < declaration.support) {
        return metric;
      }
    }
    return null;
  }

  private Finding together(FindingDraft all, Observed observed, Tally tally) {
    if (tally.worstClear != null) {
      Verdict worst =
          Verdict.of(declaration, description, observed, tally.peers, tally.worstClear.component());
      worst.show(all);
      return all.evidence("judged", tally.clear, "count", declaration.type.plural())
          .reference(worst.reference().words())
          .confidence(worst.confidence())
          .judge(Severity.NONE, worst.clearReason(tally.clear), "");
    }
    if (tally.missing != null) {
      String least = declaration.support > 1 ? " (from at least " + declaration.support + ")" : "";
      return all.notEvaluated(tally.missing.words() + least, tally.missing.origin().words());
    }
    if (tally.shut != null) {
      return all.notApplicable(tally.shut.why());
    }
    return all.notEvaluated(
        declaration.metric.words() + ": no " + declaration.type.word() + " was told",
        declaration.metric.origin().words());
  }

  /** The worst ones; how many more there are stands in the last one's evidence. */
  private static List<Finding> worst(List<Finding> fired) {
    List<Finding> sorted = fired.stream().sorted(WORST_FIRST).toList();
    if (sorted.size() <= MOST_FINDINGS) {
      return sorted;
    }
    List<Finding> kept = new ArrayList<>(sorted.subList(0, MOST_FINDINGS));
    Finding last = kept.remove(MOST_FINDINGS - 1);
    List<Evidence> evidence = new ArrayList<>(last.evidence());
    evidence.add(
        new Evidence(
            "further components hit", sorted.size() - MOST_FINDINGS, "count", last.point()));
    kept.add(
        new Finding(
            last.point(),
            last.component(),
            last.state(),
            last.severity(),
            last.confidence(),
            last.impact(),
            last.reference(),
            evidence,
            last.counterEvidence(),
            last.reason(),
            last.advice()));
    return List.copyOf(kept);
  }
}
