// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.compare;

import io.plimsoll.standalone.reading.AnalyzedRun;
import io.plimsoll.standalone.reading.Phrases;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Two runs side by side as maps, lists, texts and numbers. */
final class ComparisonDocument {
  private ComparisonDocument() {}

  static Map<String, Object> of(RunComparison comparison) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("a", run(comparison.a()));
    document.put("b", run(comparison.b()));
    document.put("verdict", comparison.verdict());
    List<Object> parts = new ArrayList<>();
    for (Explanation part : comparison.explanations()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("part", part.part());
      fields.put("wallMillis", pair(part.wallA(), part.wallB()));
      fields.put("taskMillis", pair(part.coreA(), part.coreB()));
      fields.put("reasons", part.reasons());
      parts.add(fields);
    }
    document.put("explanations", parts);
    List<Object> figures = new ArrayList<>();
    for (RunComparison.Figure figure : comparison.figures()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("name", figure.name());
      fields.put("unit", figure.unit());
      fields.putAll(pair(figure.a(), figure.b()));
      figures.add(fields);
    }
    document.put("figures", figures);
    document.put("settings", pairs(comparison.settings()));
    document.put("operators", pairs(comparison.operators()));
    return document;
  }

  private static Map<String, Object> run(AnalyzedRun run) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("run", run.profile().key().id());
    fields.put("source", run.source());
    fields.put("job", run.job());
    fields.put("level", run.verdict().word());
    fields.put("facts", Phrases.facts(run.profile()));
    return fields;
  }

  private static Map<String, Object> pair(double a, double b) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("a", a);
    fields.put("b", b);
    fields.put("change", b - a);
    return fields;
  }

  private static List<Object> pairs(Map<String, RunComparison.Pair> pairs) {
    List<Object> all = new ArrayList<>();
    pairs.forEach(
        (key, pair) -> {
          Map<String, Object> fields = new LinkedHashMap<>();
          fields.put("key", key);
          if (!pair.a().isEmpty()) {
            fields.put("a", pair.a());
          }
          if (!pair.b().isEmpty()) {
            fields.put("b", pair.b());
          }
          all.add(fields);
        });
    return all;
  }
}
