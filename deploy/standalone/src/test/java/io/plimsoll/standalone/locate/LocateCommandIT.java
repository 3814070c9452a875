// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.locate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.standalone.stack.ProblemException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class LocateCommandIT {
  private static final String NORMAL =
      "[[1700000000,10],[1700000060,11],[1700000120,10],[1700000180,9],[1700000240,10],"
          + "[1700000300,11],[1700000360,10],[1700000420,9],[1700000480,10],[1700000540,10]]";

  @TempDir private Path folder;

  private static String series(String target, String incident) {
    return "{"
        + target
        + ",\"metric\":\"p95\",\"unit\":\"ms\",\"family\":\"time\",\"direction\":\"up\",\"normal\":"
        + NORMAL
        + ",\"incident\":"
        + incident
        + "}";
  }

  private static String shop(String dbIncident) {
    return "{\"series\":["
        + series("\"node\":\"web\"", "[[1700000600,900],[1700000660,950]]")
        + ","
        + series(
            "\"node\":\"api\"", "[[1700000600000,800],[1700000660000,NaN],[1700000720000,850]]")
        + ","
        + series("\"node\":\"db\"", dbIncident)
        + "],\"edges\":[{\"from\":\"web\",\"to\":\"api\"},{\"from\":\"api\",\"to\":\"db\"}],"
        + "\"nodes\":[{\"id\":\"web\"},{\"id\":\"api\"},{\"id\":\"db\",\"type\":null}],"
        + "\"symptom\":{\"node\":\"web\",\"metric\":\"p95\"},\"incidentStart\":1700000600}";
  }

  private Path write(String json) throws IOException {
    return Files.writeString(folder.resolve("case.json"), json);
  }

  private static String run(int exit, String... args) {
    StringWriter printed = new StringWriter();
    CommandLine line = new CommandLine(new LocateCommand());
    line.setOut(new PrintWriter(printed)).setErr(new PrintWriter(printed));
    line.setExecutionExceptionHandler(
        (problem, unused, parsed) -> {
          throw problem;
        });
    assertThat(line.execute(args)).isEqualTo(exit);
    return printed.toString();
  }

  @Test
  void theAnswer_isPrinted_andWrittenInTheDocumentedShape() throws IOException {
    Path json = folder.resolve("answer.json");
    String text =
        run(
            0,
            write(shop("[[1700000600,700],[1700000660,690]]")).toString(),
            "--json",
            json.toString());
    JsonNode answer = new ObjectMapper().readTree(json.toFile());
    JsonNode first = answer.get("ranking").get(0);

    assertThat(text).startsWith("1. db (cause): score").contains("way: web -> api -> db");
    assertThat(answer.get("abstained").asBoolean()).isFalse();
    assertThat(answer.get("reason").asText()).isEmpty();
    assertThat(first.get("node").asText()).isEqualTo("db");
    assertThat(first.get("score").isNumber()).isTrue();
    assertThat(first.get("confidence").asDouble()).isBetween(0.0, 1.0);
    assertThat(first.get("path")).hasSize(3);
    assertThat(first.get("evidence").get(0).get("value").asDouble()).isEqualTo(690);
    assertThat(answer.get("coverage").get("evaluated").asInt()).isEqualTo(3);
  }

  @Test
  void whatNobodyCanTell_isAnAbstention_withExitCodeZero() throws IOException {
    String quiet = shop("[]").replace("900", "10").replace("950", "10");

    assertThat(run(0, write(quiet).toString()))
        .startsWith("No cause is named: the symptom itself does not stand out");
  }

  @Test
  void namesFromStrangers_cannotMoveTheTerminal() throws IOException {
    String hostile =
        shop("[[1700000600,700],[1700000660,690]]").replace("\"db\"", "\"\\u001b[2J<script>\"");

    assertThat(run(0, write(hostile).toString())).contains("?[2J<script>").doesNotContain("\u001b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"nodes\":[{\"id\":\"a\"},{\"id\":\"a\"}]}|/nodes/1, line 1: node 'a' is declared twice",
        "{\"nodes\":[{\"type\":\"x\"}]}|/nodes/0, line 1: a node needs an id",
        "{\"nodes\":{}}|/nodes, line 1: an array [...] is wanted",
        "{\"edges\":[{\"from\":\"a\"}]}|/edges/0, line 1: an edge needs from and to",
        "{\"nodes\":[|line 1: Unexpected end-of-input",
        "[]|line 1: an object {...} is wanted",
        "{\"nodes\":[],\"nodes\":[]}|line 1: Duplicate field 'nodes'",
        "{\"nodes\":[{\"id\":\"a\"}]}|symptom with its node is missing",
        "{\"symptom\":{\"node\":\"a\"}}|incidentStart is missing",
        "{\"symptom\":{\"node\":\"a\"},\"incidentStart\":1}|the case has no nodes",
        "{\"symptom\":{\"node\":\"b\"},\"incidentStart\":1,\"nodes\":[{\"id\":\"a\"}]}"
            + "|/symptom/node: the symptom's node 'b' is not among the nodes",
        "{\"incidentStart\":17e17}|/incidentStart, line 1: 1.7E18 is no time",
        "{\"incidentStart\":\"now\"}|/incidentStart, line 1: a number is wanted"
      })
  void badCases_areOneLineThatNamesThePlace(String json, String message) throws IOException {
    Path file = write(json);

    assertThatThrownBy(() -> new CaseFile(file).locate())
        .isInstanceOf(ProblemException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(message)
        .satisfies(problem -> assertThat(problem.getMessage()).doesNotContain("\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[[1700000600,\"x\"]]|/series/2/incident/0/1, line 1: a number is wanted",
        "[[1700000600]]|/series/2/incident/0, line 1: a number is wanted",
        "[[1700000600,1,2]]|a sample is [time, value] and nothing more",
        "[[null,1]]|/series/2/incident/0/0, line 1: a time is missing",
        "[5]|/series/2/incident/0, line 1: a sample is [time, value]"
      })
  void badSamples_areNamedByTheirPlace(String incident, String message) throws IOException {
    Path file = write(shop(incident));

    assertThatThrownBy(() -> new CaseFile(file).locate())
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aFileThatIsNotThere_isNamed() {
    Path nowhere = folder.resolve("nowhere.json");

    assertThatThrownBy(() -> new CaseFile(nowhere).locate())
        .hasMessage(nowhere + " does not exist; name a case");
    assertThatThrownBy(() -> new CaseFile(folder).locate())
        .hasMessage(folder + " is not a file; name a case");
  }

  @Test
  void twoHundredThousandNodesInACircle_areAnswered() throws IOException {
    Path file = folder.resolve("circle.json");
    int size = 200_000;
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write("{\"nodes\":[],\"edges\":[");
      for (int i = 0; i < size; i++) {
        out.write((i == 0 ? "" : ",") + "{\"from\":\"n" + i + "\",\"to\":\"n");
        out.write((i + 1) % size + "\"}");
      }
      out.write("],\"symptom\":{\"node\":\"n0\"},\"incidentStart\":1700000600,\"series\":[");
      out.write(series("\"node\":\"n0\"", "[[1700000600,900],[1700000660,950]]") + "]}");
    }

    assertThat(run(0, file.toString())).contains("1. n0").contains("did not report");
  }
}
