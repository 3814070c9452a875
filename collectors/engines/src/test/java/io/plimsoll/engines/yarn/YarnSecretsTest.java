// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.yarn;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.engines.component.Planted;
import io.plimsoll.engines.component.SourceException;
import io.plimsoll.engines.http.BoundedHttp;
import io.plimsoll.engines.http.JsonAnswer;
import io.plimsoll.wire.EngineEvent;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class YarnSecretsTest {
  static List<String> texts() {
    return Planted.texts();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void noPlantedTextStandsInWhatIsToldOfACluster(String text) throws Exception {
    List<EngineEvent> events = new ArrayList<>();
    new Applications()
        .read(
            json(
                "{'apps': {'app': [{'id': 'application_1_1', 'state': 'FAILED', 'name': %s,"
                    + " 'diagnostics': %s, 'finishedTime': 9}]}}",
                text),
            1,
            events,
            new TreeMap<>(),
            100);
    ResourceManagerSource.attempts(
        json(
            "{'appAttempts': {'appAttempt': [{'id': 1, 'startTime': 5, 'finishedTime': 9,"
                + " 'containerId': 'container_1_0003_01_000001', 'nodeId': %s,"
                + " 'appAttemptState': 'FAILED', 'diagnosticsInfo': %s}]}}",
            text),
        "application_1_1",
        "",
        1,
        events);
    new NodeManagerSource(
            "c", URI.create("http://nm-1:8042/"), BoundedHttp.open(Duration.ofSeconds(1)))
        .take(
            json(
                "{'containers': {'container': [{'id': 'container_e17_1_0001_01_000002',"
                    + " 'state': 'DONE', 'exitCode': 1, 'user': %s, 'diagnostics': %s}]}}",
                text),
            1,
            events);

    Planted.isNowhereIn(events, 6);
  }

  private static JsonNode json(String template, String text) throws SourceException {
    String planted = Planted.json(text);
    String answer = template.replace('\'', '"').formatted(planted, planted);
    return JsonAnswer.read(answer.getBytes(UTF_8), "here");
  }
}
