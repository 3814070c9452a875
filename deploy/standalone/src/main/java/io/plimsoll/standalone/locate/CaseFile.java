// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.locate;

import com.fasterxml.jackson.core.JsonToken;
import io.plimsoll.diagnosis.cause.Direction;
import io.plimsoll.diagnosis.graph.Family;
import io.plimsoll.diagnosis.locate.Answer;
import io.plimsoll.diagnosis.locate.BadCaseException;
import io.plimsoll.diagnosis.locate.CaseGraph;
import io.plimsoll.diagnosis.locate.CaseSeries;
import io.plimsoll.diagnosis.locate.EpochTime;
import io.plimsoll.diagnosis.locate.Locator;
import io.plimsoll.diagnosis.locate.Samples;
import io.plimsoll.standalone.stack.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A case in a file, read twice: first what it is about, then series by series, of which only one is
 * in memory at a time. The order of the parts does not matter.
 */
final class CaseFile {
  /** What a node and an edge take in memory, at most. */
  private static final long NODE_BYTES = 250;

  private static final long EDGE_BYTES = 30;

  private final Path file;
  private final List<String> unknown = new ArrayList<>();
  private @Nullable CaseGraph graph;
  private String symptomNode = "";
  private String symptomMetric = "";
  private @Nullable Long incidentStart;
  private long graphBytes;

  CaseFile(Path file) {
    this.file = file;
  }

  Answer locate() {
    try (CaseReader first = new CaseReader(file)) {
      readFrame(first);
    }
    Locator locator = locator();
    unknown.forEach(key -> locator.note("key that is not known, ignored", key));
    try (CaseReader second = new CaseReader(file)) {
      second.object(
          key -> {
            if (key.equals("series")) {
              second.array(() -> readSeries(second, locator));
            } else {
              second.skip();
            }
          });
    }
    return locator.answer();
  }

  private Locator locator() {
    CaseGraph nodes = graph;
    Long start = incidentStart;
    if (nodes == null || start == null || symptomNode.isEmpty()) {
      String missing =
          symptomNode.isEmpty() ? "symptom with its node" : start == null ? "incidentStart" : "";
      throw new ProblemException(file + ": " + missing + " is missing; see locate --help");
    }
    try {
      return Locator.of(nodes, symptomNode, symptomMetric, start);
    } catch (BadCaseException e) {
      throw new ProblemException(
          file + ": /symptom/node: " + CaseReader.oneLine(e.getMessage()), e);
    }
  }

  private void readFrame(CaseReader in) {
    CaseGraph.Builder builder = CaseGraph.builder();
    in.object(
        key -> {
          switch (key) {
            case "nodes" -> in.array(() -> readNode(in, builder));
            case "edges" -> in.array(() -> readEdge(in, builder));
            case "symptom" -> readSymptom(in);
            case "incidentStart" -> incidentStart = time(in);
            case "series" -> in.skip();
            default -> {
              unknown.add(key);
              in.skip();
            }
          }
        });
    graph = builder.build();
  }

  /** A graph that does not fit is refused before it takes the memory. */
  private void take(CaseReader in, long bytes) {
    graphBytes += bytes;
    in.need(
        graphBytes < Runtime.getRuntime().maxMemory() / 10 * 8,
        "the graph is too large for the memory of this JVM; leave out what the symptom does not"
            + " depend on");
  }

  private void readNode(CaseReader in, CaseGraph.Builder graph) {
    take(in, NODE_BYTES);
    String[] node = {"", ""};
    in.object(
        key -> {
          switch (key) {
            case "id" -> node[0] = in.text();
            case "type" -> node[1] = in.optionalText();
            default -> in.skip();
          }
        });
    in.need(!node[0].isEmpty(), "a node needs an id");
    in.checked(() -> graph.node(node[0], node[1]));
  }

  private void readEdge(CaseReader in, CaseGraph.Builder graph) {
    take(in, EDGE_BYTES);
    String[] edge = {"", "", ""};
    in.object(
        key -> {
          switch (key) {
            case "from" -> edge[0] = in.text();
            case "to" -> edge[1] = in.text();
            case "type" -> edge[2] = in.optionalText();
            default -> in.skip();
          }
        });
    in.need(!edge[0].isEmpty() && !edge[1].isEmpty(), "an edge needs from and to");
    in.checked(() -> graph.edge(edge[0], edge[1], edge[2]));
  }

  private void readSymptom(CaseReader in) {
    in.object(
        key -> {
          switch (key) {
            case "node" -> symptomNode = in.text();
            case "metric" -> symptomMetric = in.optionalText();
            default -> in.skip();
          }
        });
  }

  /** The parts of one series while it is read. */
  private static final class Draft {
    private final List<String> target = new ArrayList<>(2);
    private String metric = "";
    private String unit = "";
    private Family family = Family.OTHER;
    private Direction direction = Direction.BOTH;
    private Samples normal = Samples.NONE;
    private Samples incident = Samples.NONE;
  }

  private static void readSeries(CaseReader in, Locator locator) {
    Draft draft = new Draft();
    in.object(
        key -> {
          switch (key) {
            case "node" -> draft.target.add(in.text());
            case "edge" -> in.array(() -> draft.target.add(in.text()));
            case "metric" -> draft.metric = in.text();
            case "unit" -> draft.unit = in.optionalText();
            case "family" -> draft.family = family(in, locator);
            case "direction" -> draft.direction = direction(in);
            case "normal" -> draft.normal = samples(in);
            case "incident" -> draft.incident = samples(in);
            default -> in.skip();
          }
        });
    in.need(
        draft.target.size() == 1 || draft.target.size() == 2,
        "a series needs either a node or an edge of two ends");
    in.need(!draft.metric.isEmpty(), "a series needs a metric");
    locator.add(
        new CaseSeries(
            draft.target,
            draft.metric,
            draft.unit,
            draft.family,
            draft.direction,
            draft.normal,
            draft.incident));
  }

  private static Family family(CaseReader in, Locator locator) {
    String name = in.optionalText();
    if (!name.isEmpty() && Family.of(name).isEmpty()) {
      locator.note("unknown family, read as other", name);
    }
    return Family.of(name).orElse(Family.OTHER);
  }

  private static Direction direction(CaseReader in) {
    String name = in.optionalText();
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "up" -> Direction.UP;
      case "down" -> Direction.DOWN;
      case "both", "" -> Direction.BOTH;
      default -> throw in.problem("'" + name + "' is no direction; up, down or both");
    };
  }

  private static Samples samples(CaseReader in) {
    SampleBuffer buffer = new SampleBuffer();
    in.array(
        () -> {
          in.expect(JsonToken.START_ARRAY, "a sample is [time, value]");
          in.next();
          long time = time(in);
          in.next();
          double value = in.numberOrAbsent();
          in.next();
          in.expect(JsonToken.END_ARRAY, "a sample is [time, value] and nothing more");
          in.need(
              buffer.add(time, value),
              "more than " + SampleBuffer.MOST + " samples; thin them out");
        });
    return buffer.samples();
  }

  private static long time(CaseReader in) {
    double time = in.numberOrAbsent();
    in.need(!Double.isNaN(time), "a time is missing");
    long[] millis = {0};
    in.checked(() -> millis[0] = EpochTime.millis(time));
    return millis[0];
  }
}
