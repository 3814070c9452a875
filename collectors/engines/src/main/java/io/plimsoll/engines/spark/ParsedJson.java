// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Values from a parser that knows all of JSON. */
final class ParsedJson extends JsonValues {
  /** A text that is wanted and longer than this makes its line too large. */
  private static final int LONGEST_TEXT_CHARS = 8 << 20;

  /** Plans nest two levels for each operator. */
  private static final int DEEPEST = 4_000;

  private final JsonParser parser;

  /** The parser stands in the outermost object, before a field. */
  ParsedJson(JsonParser parser) {
    this.parser = parser;
  }

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

  @Override
  @Nullable String nextField() throws IOException {
    String name = parser.nextFieldName();
    if (name != null) {
      parser.nextToken();
    }
    return name;
  }

  @Override
  boolean nextElement() throws IOException {
    JsonToken token = parser.nextToken();
    return token != null && token != JsonToken.END_ARRAY;
  }

  @Override
  boolean isObject() throws IOException {
    return begins(JsonToken.START_OBJECT);
  }

  @Override
  boolean isArray() throws IOException {
    return begins(JsonToken.START_ARRAY);
  }

  private boolean begins(JsonToken wanted) throws IOException {
    if (parser.currentToken() == wanted) {
      return true;
    }
    parser.skipChildren();
    return false;
  }

  @Override
  boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  @Override
  boolean isTrue() throws IOException {
    parser.skipChildren();
    return parser.currentToken() == JsonToken.VALUE_TRUE;
  }

  @Override
  long number(long absent) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
      try {
        return parser.getLongValue();
      } catch (InputCoercionException tooLarge) {
        return absent;
      }
    }
    if (token == JsonToken.VALUE_STRING && mayBeNumber(parser.getTextLength())) {
      return quotedNumber(parser.getText(), absent);
    }
    parser.skipChildren();
    return absent;
  }

  @Override
  String text() throws IOException {
    JsonToken token = parser.currentToken();
    if (token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL) {
      return parser.getText();
    }
    parser.skipChildren();
    return "";
  }

  @Override
  void skip() throws IOException {
    parser.skipChildren();
  }

  @Override
  void end() throws IOException {
    if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
      throw new JsonParseException(parser, "more than one object, or fields of another kind");
    }
  }
}
