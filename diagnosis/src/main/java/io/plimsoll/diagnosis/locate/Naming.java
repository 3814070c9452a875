// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.locate;

import io.plimsoll.diagnosis.cause.Explained;
import io.plimsoll.diagnosis.cause.Hop;
import io.plimsoll.diagnosis.cause.Ranking;
import io.plimsoll.diagnosis.cause.Suspect;
import io.plimsoll.diagnosis.graph.LinkType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says a ranking in the names of its case. */
final class Naming {
  /** As many consequences of one suspect as are told. */
  private static final int TOLD = 20;

  private final CaseGraph graph;
  private final EvidenceBook evidence;

  Naming(CaseGraph graph, EvidenceBook evidence) {
    this.graph = graph;
    this.evidence = evidence;
  }

  Answer answer(Ranking ranking, List<String> notes, long series, long evaluated) {
    Map<Integer, Long> byRank =
        ranking.suspects().stream()
            .collect(Collectors.groupingBy(Suspect::rank, Collectors.counting()));
    return new Answer(
        ranking.suspects().stream()
            .map(
                suspect ->
                    entry(
                        suspect,
                        suspect.isCause() && !ranking.isAbstained(),
                        byRank.getOrDefault(suspect.rank(), 1L) > 1))
            .toList(),
        ranking.isAbstained(),
        ranking.reason(),
        consequences(ranking.explainedAway()),
        notes(ranking, notes),
        series,
        evaluated);
  }

  private static List<String> notes(Ranking ranking, List<String> notes) {
    if (ranking.unlisted() == 0) {
      return notes;
    }
    List<String> all = new ArrayList<>(notes);
    all.add(ranking.unlisted() + " more nodes are tied with the last one that is listed");
    return all;
  }

  private Answer.Entry entry(Suspect suspect, boolean isCause, boolean isTied) {
    return new Answer.Entry(
        graph.id(suspect.component()),
        suspect.rank(),
        isTied,
        suspect.score(),
        suspect.confidence(),
        isCause,
        suspect.isInferred(),
        evidence.of(suspect.component()),
        suspect.path().stream().map(this::step).toList(),
        consequences(suspect.explains()),
        suspect.circle().stream().map(graph::id).toList(),
        suspect.against());
  }

  private Answer.Step step(Hop hop) {
    LinkType by = hop.by();
    return new Answer.Step(graph.id(hop.component()), hop.severity(), by == null ? "" : by.id());
  }

  private List<Answer.Consequence> consequences(List<Explained> explained) {
    return explained.stream()
        .limit(TOLD)
        .map(
            one ->
                new Answer.Consequence(graph.id(one.component()), one.severity(), one.residual()))
        .toList();
  }
}
