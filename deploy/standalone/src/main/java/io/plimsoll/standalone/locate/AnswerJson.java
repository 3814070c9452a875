// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.locate;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.diagnosis.cause.Deviation;
import io.plimsoll.diagnosis.locate.Answer;
import io.plimsoll.diagnosis.locate.EvidenceLine;
import io.plimsoll.standalone.stack.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes an answer as JSON. */
final class AnswerJson {
  private final JsonGenerator out;

  private AnswerJson(JsonGenerator out) {
    this.out = out;
  }

  static void write(Answer answer, Path file) {
    try (JsonGenerator out = new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
      out.useDefaultPrettyPrinter();
      new AnswerJson(out).answer(answer);
      out.writeRaw('\n');
    } catch (IOException e) {
      throw new ProblemException(
          "cannot write " + file + " (" + e.getMessage() + "); name another --json", e);
    }
  }

  private void answer(Answer answer) throws IOException {
    out.writeStartObject();
    out.writeArrayFieldStart("ranking");
    for (Answer.Entry entry : answer.ranking()) {
      entry(entry);
    }
    out.writeEndArray();
    out.writeBooleanField("abstained", answer.abstained());
    out.writeStringField("reason", answer.reason());
    consequences("explainedAway", answer.explainedAway());
    texts("notes", answer.notes());
    out.writeObjectFieldStart("coverage");
    out.writeNumberField("series", answer.series());
    out.writeNumberField("evaluated", answer.evaluated());
    out.writeEndObject();
    out.writeEndObject();
  }

  private void entry(Answer.Entry entry) throws IOException {
    out.writeStartObject();
    out.writeStringField("node", entry.node());
    out.writeNumberField("score", entry.score());
    out.writeNumberField("confidence", entry.confidence());
    out.writeNumberField("rank", entry.rank());
    out.writeBooleanField("tied", entry.tied());
    out.writeBooleanField("cause", entry.cause());
    out.writeBooleanField("inferred", entry.inferred());
    out.writeArrayFieldStart("evidence");
    for (EvidenceLine line : entry.evidence()) {
      evidence(line);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("path");
    for (Answer.Step step : entry.path()) {
      out.writeStartObject();
      out.writeStringField("node", step.node());
      out.writeNumberField("severity", step.severity());
      if (!step.edge().isEmpty()) {
        out.writeStringField("edge", step.edge());
      }
      out.writeEndObject();
    }
    out.writeEndArray();
    consequences("explains", entry.explains());
    texts("circle", entry.circle());
    texts("counterEvidence", entry.counterEvidence());
    out.writeEndObject();
  }

  private void evidence(EvidenceLine line) throws IOException {
    Deviation deviation = line.deviation();
    out.writeStartObject();
    if (line.target().size() == 2) {
      texts("edge", line.target());
    } else {
      out.writeStringField("node", line.target().get(0));
    }
    out.writeStringField("metric", line.metric());
    out.writeStringField("unit", line.unit());
    out.writeStringField("family", line.family().id());
    out.writeNumberField("value", deviation.value());
    out.writeNumberField("normal", deviation.centre());
    out.writeStringField("reference", deviation.reference().name().toLowerCase(Locale.ROOT));
    out.writeNumberField("support", deviation.support());
    out.writeStringField("direction", deviation.up() ? "up" : "down");
    out.writeNumberField("steps", deviation.z());
    out.writeNumberField("severity", deviation.severity());
    out.writeEndObject();
  }

  private void consequences(String name, List<Answer.Consequence> consequences) throws IOException {
    out.writeArrayFieldStart(name);
    for (Answer.Consequence one : consequences) {
      out.writeStartObject();
      out.writeStringField("node", one.node());
      out.writeNumberField("severity", one.severity());
      out.writeNumberField("residual", one.residual());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void texts(String name, List<String> texts) throws IOException {
    out.writeArrayFieldStart(name);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }
}
