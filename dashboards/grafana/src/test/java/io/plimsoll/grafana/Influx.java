// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.store.influx.InfluxSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Asks InfluxDB as Grafana does. */
final class Influx {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern SPECIAL = Pattern.compile("[\\\\^$.*+?()\\[\\]{}|/]");

  private final HttpClient http = HttpClient.newHttpClient();
  private final InfluxSettings settings;

  Influx(InfluxSettings settings) {
    this.settings = settings;
  }

  /** The series of the answer; an error of the server fails the test. */
  List<JsonNode> series(String query) {
    JsonNode answer =
        post("/query?db=" + settings.database() + "&epoch=ms", "q=" + encoded(query), query);
    List<JsonNode> series = new ArrayList<>();
    for (JsonNode result : answer.path("results")) {
      if (result.has("error")) {
        throw new AssertionError(result.path("error").asText() + " of " + query);
      }
      result.path("series").forEach(series::add);
    }
    return series;
  }

  void write(String policy, String lines) {
    post("/write?db=" + settings.database() + "&rp=" + policy + "&precision=ms", lines, lines);
  }

  /** The values of a variable. */
  List<String> values(String query) {
    List<String> values = new ArrayList<>();
    for (JsonNode series : series(query)) {
      series.path("values").forEach(row -> values.add(row.path(1).asText()));
    }
    return values.stream().distinct().sorted().toList();
  }

  /**
   * The query after Grafana has put in time, interval and variables: a variable between the slashes
   * of a regular expression is escaped, one with several values is an alternative of them.
   */
  static String filled(
      String query, long fromMillis, long toMillis, Map<String, List<String>> variables) {
    String filled =
        query
            .replace("$timeFilter", "time >= " + fromMillis + "ms and time <= " + toMillis + "ms")
            .replace("$__interval_ms", "10000")
            .replace("$__interval", "10s");
    for (Map.Entry<String, List<String>> variable : variables.entrySet()) {
      List<String> values = variable.getValue();
      boolean all = values.equals(List.of(".*"));
      String expression =
          values.size() == 1
              ? all ? ".*" : escaped(values.get(0))
              : "(" + String.join("|", values.stream().map(Influx::escaped).toList()) + ")";
      filled =
          filled
              .replace("/^$" + variable.getKey() + "$/", "/^" + expression + "$/")
              .replace("$" + variable.getKey(), values.get(0));
    }
    return filled;
  }

  private static String escaped(String value) {
    return SPECIAL.matcher(value).replaceAll("\\\\$0");
  }

  private JsonNode post(String path, String body, String what) {
    try {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(URI.create(settings.url() + path))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new AssertionError(response.body() + " of " + what);
      }
      return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError("no answer to " + what, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
