// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.engines.component.Planted;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventText;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlinkSecretsTest {
  /** Where Flink or its user may have put a text. */
  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "value",
          "stacktrace",
          "exceptionName",
          "taskName",
          "failure_message",
          "state_backend",
          "checkpoint_storage",
          "restart-strategy",
          "ship_strategy");

  static List<String> texts() {
    return Planted.texts();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void noPlantedTextStandsInWhatIsToldOfAnArchive(String text) throws Exception {
    ObjectNode archive = Json.MAPPER.createObjectNode();
    ArrayNode entries = archive.putArray("archive");
    planted("archive-2.2.1-canceled", text)
        .forEach((path, json) -> entries.addObject().put("path", path).put("json", json));

    FlinkArchive.Reading reading = FlinkArchive.read(archive.toString(), "a");

    assertThat(reading.complete()).isTrue();
    everyPlaceIsToldWithoutItsSecret(reading.events());
  }

  @ParameterizedTest
  @MethodSource("texts")
  void noPlantedTextStandsInWhatIsToldOfARunningJob(String text) throws Exception {
    Recorded flink = Recorded.of("running-2.2.1");
    flink.answers.putAll(planted("running-2.2.1", text));
    List<Envelope> sent = new ArrayList<>();
    Clock clock = Clock.fixed(Instant.ofEpochSecond(1_795_461_555), ZoneOffset.UTC);
    new FlinkPoller("session", flink, PollSettings.DEFAULT, clock, () -> 0, sent::add).poll();

    everyPlaceIsToldWithoutItsSecret(
        sent.stream().flatMap(envelope -> envelope.events().stream()).toList());
  }

  @Test
  void aBrokenAnswerDoesNotSayItsWords() throws Exception {
    Recorded flink = Recorded.of("running-2.2.1");
    flink.answers.put("/jobs/" + Recorded.JOB + "/exceptions", "{\"a\":hunter2hunter2}");
    List<EngineEvent> events = new ArrayList<>();
    new FlinkJobReader(flink, Recorded.JOB, events::add).exceptions();

    assertThat(events).hasSize(1);
    Planted.isNowhereIn(events, 0);
  }

  private static void everyPlaceIsToldWithoutItsSecret(List<EngineEvent> events) {
    Planted.isNowhereIn(events, 20);
    for (EventText place :
        List.of(
            EventText.APPLICATION_NAME,
            EventText.VERTEX_NAME,
            EventText.TASK_NAME,
            EventText.EXCEPTION_NAME,
            EventText.STACK_TRACE,
            EventText.STATE_BACKEND,
            EventText.CHECKPOINT_STORAGE,
            EventText.SHIP_STRATEGY)) {
      assertThat(events).anySatisfy(e -> assertThat(e.text(place)).contains("(redacted)"));
    }
    assertThat(events)
        .anySatisfy(e -> assertThat(e.properties().toString()).contains("(redacted)"));
  }

  private static Map<String, String> planted(String recording, String text) throws Exception {
    Map<String, String> answers = Recorded.of(recording).answers;
    for (Map.Entry<String, String> answer : answers.entrySet()) {
      JsonNode tree = Json.MAPPER.readTree(answer.getValue());
      plant(tree, text);
      answer.setValue(tree.toString());
    }
    return answers;
  }

  private static void plant(JsonNode node, String text) {
    if (node instanceof ObjectNode object) {
      for (String field : FIELDS) {
        if (object.path(field).isTextual()) {
          object.put(field, text);
        }
      }
    }
    node.forEach(child -> plant(child, text));
  }
}
