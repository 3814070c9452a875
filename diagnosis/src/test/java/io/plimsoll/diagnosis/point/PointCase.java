// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.diagnosis.signal.ComponentId;
import io.plimsoll.diagnosis.signal.SignalMetric;
import io.plimsoll.diagnosis.signal.SignalSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One line of a table of cases, written by hand and not derived from the points' limits.
 *
 * @param firing metric values by name with which the point fires
 * @param severity with which it fires then
 * @param silent the same, changed so that it is clear
 */
record PointCase(
    String point, Map<String, Double> firing, Severity severity, Map<String, Double> silent) {
  private static final long SUPPORT = 1_000;

  static List<PointCase> read(String... tables) {
    List<PointCase> cases = new ArrayList<>();
    for (String table : tables) {
      try (InputStream in = PointCase.class.getResourceAsStream(table);
          BufferedReader lines =
              new BufferedReader(
                  new InputStreamReader(
                      Objects.requireNonNull(in, table), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (!line.startsWith("#") && !line.isBlank()) {
            cases.add(parse(line));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return cases;
  }

  private static PointCase parse(String line) {
    String[] fields = line.split("\\|", -1);
    Map<String, Double> firing = values(fields[1]);
    Map<String, Double> silent = new TreeMap<>(firing);
    silent.putAll(values(fields[3]));
    return new PointCase(fields[0].strip(), firing, Severity.valueOf(fields[2].strip()), silent);
  }

  private static Map<String, Double> values(String text) {
    Map<String, Double> values = new TreeMap<>();
    for (String pair : text.strip().split(" +", -1)) {
      int equals = pair.indexOf('=');
      values.put(pair.substring(0, equals), Double.valueOf(pair.substring(equals + 1)));
    }
    return values;
  }

  /** The declared point of this line. */
  SignalPoint find() {
    return Catalogue.all().stream()
        .filter(each -> each.description().id().equals(point))
        .map(SignalPoint.class::cast)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no point " + point));
  }

  /** One component of the point's type with these values. */
  static SignalSet signals(SignalPoint point, Map<String, Double> values) {
    Declaration declaration = point.declaration();
    ComponentId component = ComponentId.of(declaration.type, declaration.type.single() ? "" : "1");
    SignalSet.Builder signals = SignalSet.builder();
    for (SignalMetric metric : known(declaration)) {
      Double value = values.get(metric.name());
      if (value != null) {
        signals.put(component, metric, value, SUPPORT);
      }
    }
    return signals.build();
  }

  private static List<SignalMetric> known(Declaration declaration) {
    List<SignalMetric> metrics = new ArrayList<>(declaration.required());
    metrics.addAll(declaration.evidence);
    declaration.counters.forEach(counter -> metrics.add(counter.metric()));
    return metrics;
  }

  @Override
  public String toString() {
    return point;
  }
}
