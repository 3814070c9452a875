// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.plimsoll.wire.EventNumber;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes single values from a streaming parser; a value of another kind than asked for is absent.
 */
final class Json {
  /** A text that is wanted and longer than this makes its line too large. */
  private static final int LONGEST_TEXT_CHARS = 8 << 20;

  /** Plans nest two levels for each operator. */
  private static final int DEEPEST = 4_000;

  private Json() {}

  /** What makes parsers that Spark's own dialect passes and that no line can make large. */
  static JsonFactory factory() {
    return JsonFactory.builder()
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxStringLength(LONGEST_TEXT_CHARS)
                .maxNestingDepth(DEEPEST)
                .build())
        // A broken line's words may be secrets: they stay out of the complaint.
        .errorReportConfiguration(ErrorReportConfiguration.builder().maxErrorTokenLength(0).build())
        .build();
  }

  /** Whether an object begins here; anything else is passed over. */
  static boolean isObject(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      return true;
    }
    parser.skipChildren();
    return false;
  }

  /** Whether an array begins here; anything else is passed over. */
  static boolean isArray(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      return true;
    }
    parser.skipChildren();
    return false;
  }

  /** The next field's name with the parser on its value, or null at the object's end. */
  static @Nullable String nextField(JsonParser parser) throws IOException {
    String name = parser.nextFieldName();
    if (name != null) {
      parser.nextToken();
    }
    return name;
  }

  /** The whole number here, also one that stands in quotes. */
  static long number(JsonParser parser, long absent) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
      try {
        return parser.getLongValue();
      } catch (InputCoercionException tooLarge) {
        return absent;
      }
    }
    if (token == JsonToken.VALUE_STRING && parser.getTextLength() < 20) {
      try {
        return Long.parseLong(parser.getText());
      } catch (NumberFormatException other) {
        return absent;
      }
    }
    parser.skipChildren();
    return absent;
  }

  /** Puts the number here, if it is one. */
  static void put(JsonParser parser, EventNumber field, Draft into) throws IOException {
    long value = number(parser, Long.MIN_VALUE);
    if (value != Long.MIN_VALUE) {
      into.put(field, value);
    }
  }

  /** Puts the numbers of the object here that the table names. */
  static void putAll(JsonParser parser, Map<String, EventNumber> fields, Draft into)
      throws IOException {
    if (!isObject(parser)) {
      return;
    }
    for (String name = nextField(parser); name != null; name = nextField(parser)) {
      EventNumber field = fields.get(name);
      if (field == null) {
        parser.skipChildren();
      } else {
        put(parser, field, into);
      }
    }
  }

  /** The text of the scalar here; empty for anything else. */
  static String text(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL) {
      return parser.getText();
    }
    parser.skipChildren();
    return "";
  }

  static boolean isTrue(JsonParser parser) throws IOException {
    parser.skipChildren();
    return parser.currentToken() == JsonToken.VALUE_TRUE;
  }

  /** The whole numbers of the array here, comma separated. */
  static String joinedNumbers(JsonParser parser) throws IOException {
    StringBuilder joined = new StringBuilder();
    if (isArray(parser)) {
      for (JsonToken token = parser.nextToken();
          token != null && token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        long value = number(parser, Long.MIN_VALUE);
        if (value != Long.MIN_VALUE) {
          joined.append(joined.length() == 0 ? "" : ",").append(value);
        }
      }
    }
    return joined.toString();
  }
}
