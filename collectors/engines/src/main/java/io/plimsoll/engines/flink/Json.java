// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.flink;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.secret.Redaction;
import java.util.OptionalLong;

/** Reads Flink's JSON with bounds, and its numbers as whole ones or not at all. */
final class Json {
  static final int MAX_STRING_CHARS = 32 << 20;
  private static final int MAX_DEPTH = 64;
  private static final int MAX_TEXT_CHARS = 4096;

  /** A secret that is cut here lies behind the shown part. */
  private static final int MAX_READ_CHARS = 4 * MAX_TEXT_CHARS;

  private static final Redaction REDACTION = Redaction.standard();

  static final JsonMapper MAPPER =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_STRING_CHARS)
                          .build())
                  // A broken answer's words may be secrets: they stay out of the complaint.
                  .errorReportConfiguration(
                      ErrorReportConfiguration.builder().maxErrorTokenLength(0).build())
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private Json() {}

  static JsonNode parse(String text, String path) throws FlinkSourceException {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node == null || !node.isContainerNode()) {
        throw new FlinkSourceException(
            FlinkSourceException.Reason.BAD_ANSWER, path + " is no JSON object or list");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new FlinkSourceException(
          FlinkSourceException.Reason.BAD_ANSWER,
          path + " is broken JSON: " + e.getOriginalMessage(),
          e);
    }
  }

  /** A whole number; empty for NaN, infinities, text and everything else that is none. */
  static OptionalLong number(JsonNode node) {
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return OptionalLong.of(node.longValue());
    }
    if (node.isNumber()) {
      return whole(node.doubleValue());
    }
    return node.isTextual() ? number(node.textValue()) : OptionalLong.empty();
  }

  static OptionalLong number(String text) {
    if (text.isEmpty() || text.length() > 40) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException notWhole) {
      return fraction(text);
    }
  }

  static OptionalLong thousandths(String text) {
    try {
      return text.length() > 40 ? OptionalLong.empty() : whole(1000 * Double.parseDouble(text));
    } catch (NumberFormatException noNumber) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong fraction(String text) {
    try {
      return whole(Double.parseDouble(text));
    } catch (NumberFormatException noNumber) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong whole(double value) {
    boolean fits = Double.isFinite(value) && Math.abs(value) < 0x1p62;
    return fits ? OptionalLong.of(Math.round(value)) : OptionalLong.empty();
  }

  /** The value, or -1 when there is none. */
  static long orMinusOne(JsonNode node) {
    return number(node).orElse(-1);
  }

  /** Puts a number that is there and not negative: Flink says -1 for what it does not know. */
  static void put(EngineEvent.Builder event, EventNumber field, JsonNode node) {
    long value = orMinusOne(node);
    if (value >= 0) {
      event.put(field, value);
    }
  }

  /** Puts a text that is there, without secrets and shortened where it is long. */
  static void put(EngineEvent.Builder event, EventText field, JsonNode node) {
    if (node.isValueNode() && !node.isNull()) {
      event.put(field, clean(node.asText()));
    }
  }

  static void put(EngineEvent.Builder event, EventNumber field, boolean value) {
    event.put(field, value ? 1 : 0);
  }

  /** A text of Flink's or of its user's as it may be shown: without secrets, and shortened. */
  static String clean(String text) {
    return shortened(REDACTION.text(head(text)));
  }

  /** The value of a configuration key as it may be shown. */
  static String clean(String key, String value) {
    return shortened(REDACTION.value(key, head(value)));
  }

  private static String head(String text) {
    return text.length() <= MAX_READ_CHARS ? text : text.substring(0, MAX_READ_CHARS);
  }

  static String shortened(String text) {
    return text.length() <= MAX_TEXT_CHARS ? text : text.substring(0, MAX_TEXT_CHARS) + " …";
  }
}
