// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plimsoll.engines.component.Planted;
import io.plimsoll.engines.http.JsonAnswer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KubernetesSecretsTest {
  private static final String OBJECTS =
      """
      {"kind": "List", "items": [
        {"kind": "Pod", "metadata": {"name": "p", "namespace": "n"},
         "status": {"phase": "Failed", "reason": "Evicted", "message": %1$s,
           "containerStatuses": [{"name": "c", "restartCount": 1,
             "state": {"terminated": {"exitCode": 1, "reason": "Error", "message": %1$s}}}]}},
        {"kind": "Pod", "metadata": {"name": "q", "namespace": "n"},
         "status": {"phase": "Pending",
           "conditions": [{"type": "PodScheduled", "status": "False", "message": %1$s}]}},
        {"kind": "Pod", "metadata": {"name": "r", "namespace": "n"},
         "status": {"phase": "Pending", "containerStatuses": [{"name": "c",
           "state": {"waiting": {"reason": "ImagePullBackOff", "message": %1$s}}}]}},
        {"kind": "Event", "involvedObject": {"name": "p", "namespace": "n"}, "type": "Warning",
         "reason": "BackOff", "message": %1$s, "lastTimestamp": "2026-11-23T10:05:00Z"}]}
      """;

  static List<String> texts() {
    return Planted.texts();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void noPlantedTextStandsInWhatIsToldOfObjects(String text) throws Exception {
    byte[] answer = OBJECTS.formatted(Planted.json(text)).getBytes(UTF_8);

    Planted.isNowhereIn(new ObjectEvents().read(JsonAnswer.read(answer, "here"), 1), 5);
  }
}
