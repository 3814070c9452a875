// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The dashboards as they stand in the repository. */
final class Dashboards {
  /** One query of one panel. */
  record Target(JsonNode dashboard, JsonNode panel, JsonNode target) {
    String query() {
      return target.path("query").asText();
    }

    @Override
    public String toString() {
      return dashboard.path("uid").asText()
          + " / "
          + panel.path("title").asText()
          + " / "
          + target.path("refId").asText();
    }
  }

  private static final Path FOLDER = Path.of("dashboards");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Dashboards() {}

  static List<JsonNode> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<JsonNode> dashboards = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        dashboards.add(JSON.readTree(Files.readString(file)));
      }
      return dashboards;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    for (JsonNode dashboard : all()) {
      for (JsonNode panel : dashboard.path("panels")) {
        for (JsonNode target : panel.path("targets")) {
          targets.add(new Target(dashboard, panel, target));
        }
      }
    }
    return targets;
  }

  static List<JsonNode> variables(JsonNode dashboard) {
    List<JsonNode> variables = new ArrayList<>();
    dashboard.path("templating").path("list").forEach(variables::add);
    return variables;
  }
}
