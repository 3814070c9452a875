// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.diagnosis.point.Catalogue;
import io.plimsoll.diagnosis.point.DiagnosisPoint;
import io.plimsoll.diagnosis.signal.ComponentId;
import io.plimsoll.diagnosis.signal.SignalHistory;
import io.plimsoll.diagnosis.signal.SignalMetric;
import io.plimsoll.diagnosis.signal.SignalSet;
import io.plimsoll.diagnosis.signal.Signals;
import io.plimsoll.profile.ProcessProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A point counts as working only when what it needs comes out of messages that are on the wire. */
class SourcesTest {
  private static final Path ENGINES = Path.of("..", "collectors", "engines", "src", "main");

  @Test
  void everyInputOfALivePointIsFilledFromWireMessages() {
    Set<String> filled = new TreeSet<>();
    SignalSet spark = Signals.of(WireRun.run(FullRun.spark()), List.of(), SignalHistory.NONE);
    SignalHistory history = new SignalHistory(Collections.nCopies(6, spark));
    names(Signals.of(WireRun.run(FullRun.spark()), components(), history), filled);
    names(Signals.of(WireRun.run(FullRun.flink()), List.of(), SignalHistory.NONE), filled);
    assertThat(filled).hasSizeGreaterThan(150).doesNotContain("host.cpu.use");
    Set<String> unfilled = new TreeSet<>();
    for (DiagnosisPoint point : Catalogue.all()) {
      if (point.description().isLive() && Catalogue.isDeclared(point)) {
        for (String input : point.description().inputs()) {
          if (!filled.contains(input)) {
            unfilled.add(point.description().id() + " needs " + input);
          }
        }
      }
    }
    assertThat(unfilled).isEmpty();
  }

  /** The names that are asked for must be those that the readers write. */
  @Test
  void theNamesOfComponentMetricsAreThoseOfTheReaders() throws IOException {
    String readers = "";
    try (var files = Files.list(ENGINES.resolve("resources/components"))) {
      for (Path file : files.toList()) {
        readers += Files.readString(file);
      }
    }
    readers += Files.readString(ENGINES.resolve("java/io/plimsoll/engines/yarn/Queues.java"));
    Path asks = Path.of("src/main/java/io/plimsoll/diagnosis/signal/ComponentSignals.java");
    Matcher name =
        Pattern.compile("\"([a-z_]+(?:\\.[a-z_0-9]+)+)\"").matcher(Files.readString(asks));
    int looked = 0;
    while (name.find()) {
      String wanted = name.group(1).replace("yarn.scheduler.", "");
      assertThat(readers).contains(wanted);
      looked++;
    }
    assertThat(looked).isGreaterThan(40);
  }

  private static void names(SignalSet signals, Set<String> into) {
    for (ComponentId component : signals.components()) {
      for (SignalMetric metric : signals.of(component).keySet()) {
        into.add(metric.name());
      }
    }
  }

  private static List<ProcessProfile> components() {
    List<ProcessProfile> all = new ArrayList<>();
    FullRun.components().forEach(each -> all.add(each.profile()));
    return all;
  }
}
