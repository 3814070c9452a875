// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Answers of a real JobManager, kept in the shape of an archive; some answers may be made up. */
final class Recorded implements FlinkSource {
  static final String JOB = "339d1967f54da8631a246455f0d015f5";
  static final String SOURCE = "bc764cd8ddf7a0cff126f51c16239658";
  static final String COUNT = "b71731f1c0df9c3076c4a455334d0ad6";
  static final String SINK = "57309805c37220b27fc58cfaaad21127";

  private static final Map<String, Map<String, String>> READ = new ConcurrentHashMap<>();

  final Map<String, String> answers = new TreeMap<>();
  final List<String> asked = new ArrayList<>();
  boolean away;

  static Recorded of(String name) {
    Recorded recorded = new Recorded();
    recorded.answers.putAll(READ.computeIfAbsent(name, Recorded::read));
    return recorded;
  }

  private static Map<String, String> read(String name) {
    Map<String, String> answers = new TreeMap<>();
    try {
      for (JsonNode entry : Json.MAPPER.readTree(text(name)).path("archive")) {
        answers.put(entry.path("path").asText(), entry.path("json").asText());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return answers;
  }

  static String text(String name) {
    try (InputStream in = Recorded.class.getResourceAsStream("/flink/" + name + ".json")) {
      if (in == null) {
        throw new IllegalStateException("no recording " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public JsonNode get(String path) throws FlinkSourceException {
    asked.add(path);
    if (away) {
      throw new FlinkSourceException(
          FlinkSourceException.Reason.UNREACHABLE, path + " does not answer");
    }
    String answer = answers.get(path);
    if (answer == null && path.contains("?get=")) {
      return values(path.substring(path.indexOf('=') + 1));
    }
    return answer == null ? MissingNode.getInstance() : Json.parse(answer, path);
  }

  /** Each metric's value is the length of its name; those of a legacy source are not numbers. */
  private static JsonNode values(String names) throws FlinkSourceException {
    List<String> pairs = new ArrayList<>();
    for (String name : names.split(",")) {
      String value =
          name.equals("0.busyTimeMsPerSecond")
              ? "NaN"
              : name.endsWith("Watermark")
                  ? Long.toString(Long.MIN_VALUE)
                  : name.endsWith("PoolUsage") ? "0.25" : Integer.toString(name.length());
      pairs.add("{\"id\":\"" + name + "\",\"value\":\"" + value + "\"}");
    }
    return Json.parse("[" + String.join(",", pairs) + "]", "values");
  }
}
