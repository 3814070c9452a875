// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.diagnosis.signal.ComponentId;
import io.plimsoll.diagnosis.signal.Direction;
import io.plimsoll.diagnosis.signal.Signal;
import io.plimsoll.diagnosis.signal.SignalMetric;
import io.plimsoll.diagnosis.signal.SignalSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a declared point says of one component whose metrics are all known.
 *
 * @param component which
 * @param value of the judged metric
 * @param reference what it was held against
 * @param severity NONE when clear
 */
record Verdict(
    Declaration declaration,
    PointDescription description,
    Observed observed,
    ComponentId component,
    double value,
    Reference reference,
    Severity severity) {
  /** Each piece of counter-evidence leaves this share of the confidence. */
  private static final double COUNTERED = 0.6;

  /** Ends the words of a metric that is 1 when what they say is so, else 0. */
  private static final String FLAG = " (1)";

  static Verdict of(
      Declaration declaration,
      PointDescription description,
      Observed observed,
      Peers peers,
      ComponentId component) {
    SignalSet signals = observed.signals();
    double value = value(signals, component, declaration.metric, 0);
    Reference reference = reference(declaration, description, observed, peers, component);
    Severity severity = reference.limits().severity(value);
    if (declaration.paid != null) {
      double paid = value(signals, component, declaration.paid, 0);
      if (declaration.proportional) {
        paid *= declaration.metric.bad() == Direction.HIGH ? value : 1 - value;
      }
      severity = PaidShare.limit(severity, paid);
    }
    return new Verdict(declaration, description, observed, component, value, reference, severity);
  }

  /**
   * Whether no reference could make this value fire: what is learned moves a limit by a factor of
   * two at most. Spares the look at the peers of components that are well.
   */
  static boolean isFarFromFiring(
      Declaration declaration,
      PointDescription description,
      Observed observed,
      ComponentId component) {
    double value = value(observed.signals(), component, declaration.metric, 0);
    double low = description.thresholds().low();
    return declaration.metric.bad() == Direction.HIGH
        ? value < low / Reference.FURTHEST
        : value > low * Reference.FURTHEST;
  }

  /** Clear, whatever it is held against. */
  static Verdict clear(
      Declaration declaration,
      PointDescription description,
      Observed observed,
      ComponentId component) {
    return new Verdict(
        declaration,
        description,
        observed,
        component,
        value(observed.signals(), component, declaration.metric, 0),
        Reference.fixed(description.thresholds()),
        Severity.NONE);
  }

  /** This one or the other, whichever value is nearer to the bad side. */
  Verdict worse(@Nullable Verdict other) {
    if (other == null) {
      return this;
    }
    boolean higher = value > other.value;
    return higher == (declaration.metric.bad() == Direction.HIGH) ? this : other;
  }

  Finding finding() {
    FindingDraft draft = new FindingDraft(description, component.text());
    show(draft);
    double confidence = confidence();
    SignalSet signals = observed.signals();
    for (Declaration.Counter counter : declaration.counters) {
      Signal against = signals.get(component, counter.metric());
      if (against != null && counter.holds(against.value())) {
        draft.counter(counter.words(), against.value(), counter.metric().unit(), component.text());
        confidence *= COUNTERED;
      }
    }
    String limit = Wording.amount(reference.limits().low(), declaration.metric.unit());
    return draft
        .reference(reference.words())
        .confidence(confidence)
        .cost(cost(declaration.memoryCost), cost(declaration.coreCost), cost(declaration.wallCost))
        .judge(
            severity,
            Wording.sentence(signals.label(component)) + ": " + said(limit),
            declaration.advice);
  }

  /** A metric that is 1 or 0 needs no number. */
  private String said(String limit) {
    String words = declaration.metric.words();
    if (words.endsWith(FLAG)) {
      return words.substring(0, words.length() - FLAG.length()) + ".";
    }
    return words
        + " "
        + Wording.amount(value, declaration.metric.unit())
        + " (limit "
        + limit
        + ", "
        + reference.words()
        + ").";
  }

  /** The judged metric, and the further ones that are known. */
  void show(FindingDraft draft) {
    SignalSet signals = observed.signals();
    draft.evidence(declaration.metric.words(), value, declaration.metric.unit(), component.text());
    Set<SignalMetric> more = new LinkedHashSet<>();
    declaration.gates.forEach(gate -> more.add(gate.metric()));
    if (declaration.paid != null) {
      more.add(declaration.paid);
    }
    more.addAll(declaration.evidence);
    for (SignalMetric metric : more) {
      Signal signal = signals.get(component, metric);
      if (signal != null && !metric.equals(declaration.metric)) {
        draft.evidence(metric.words(), signal.value(), metric.unit(), component.text());
      }
    }
  }

  /** Before counter-evidence: by the coverage, the observations and the reference. */
  double confidence() {
    double trust = observed.trust() * reference.trust();
    if (declaration.support <= 1) {
      return trust;
    }
    Signal signal = observed.signals().get(component, declaration.metric);
    double enough = signal == null ? 0 : signal.support() / (4.0 * declaration.support);
    return trust * Math.min(1, 0.6 + 0.4 * enough);
  }

  String clearReason(int judged) {
    String worst = Wording.amount(value, declaration.metric.unit());
    return judged == 1
        ? Wording.sentence(declaration.metric.words()) + " " + worst + " is within the limit."
        : "All "
            + judged
            + " "
            + declaration.type.plural()
            + " are within the limit; the worst has "
            + declaration.metric.words()
            + " "
            + worst
            + ".";
  }

  private long cost(@Nullable SignalMetric metric) {
    return metric == null ? 0 : (long) value(observed.signals(), component, metric, 0);
  }

  private static Reference reference(
      Declaration declaration,
      PointDescription description,
      Observed observed,
      Peers peers,
      ComponentId component) {
    Thresholds limits = description.thresholds();
    boolean share = declaration.metric.unit().equals("share");
    if (declaration.history) {
      List<Double> earlier = observed.history().values(component, declaration.metric);
      if (earlier.size() >= Reference.LEAST_RUNS) {
        return Reference.history(limits, share, earlier);
      }
    }
    return peers
        .beside(component)
        .map(usual -> Reference.peers(limits, share, usual))
        .orElseGet(() -> Reference.fixed(limits));
  }

  private static double value(
      SignalSet signals, ComponentId component, SignalMetric metric, double absent) {
    Signal signal = signals.get(component, metric);
    return signal == null ? absent : signal.value();
  }
}
