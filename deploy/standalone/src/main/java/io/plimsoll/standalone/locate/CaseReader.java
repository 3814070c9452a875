// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.locate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.plimsoll.diagnosis.locate.BadCaseException;
import io.plimsoll.standalone.stack.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads JSON token by token; whatever is wrong is one line with file, path and line. */
final class CaseReader implements AutoCloseable {
  private static final int LONGEST_NAME = 4096;
  private static final int DEEPEST = 32;
  private static final int SHOWN = 200;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(LONGEST_NAME)
                  .maxNameLength(LONGEST_NAME)
                  .maxNestingDepth(DEEPEST)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final Path file;
  private final JsonParser parser;

  /** Something that reads and may fail. */
  private interface Step<T> {
    T take() throws IOException;
  }

  CaseReader(Path file) {
    this.file = file;
    try {
      if (!Files.isRegularFile(file)) {
        throw new ProblemException(
            file + (Files.exists(file) ? " is not a file" : " does not exist") + "; name a case");
      }
      parser = JSON.createParser(file.toFile());
    } catch (NoSuchFileException e) {
      throw new ProblemException(file + " does not exist; name a case", e);
    } catch (IOException e) {
      throw new ProblemException("cannot read " + file + ": " + oneLine(e.getMessage()), e);
    }
    next();
  }

  /** Moves to the next token. */
  void next() {
    read(parser::nextToken);
  }

  /** Reads the object that begins here; each value is read to its last token by the consumer. */
  void object(Consumer<String> value) {
    expect(JsonToken.START_OBJECT, "an object {...} is wanted");
    while (read(parser::nextToken) != JsonToken.END_OBJECT) {
      String key = read(parser::currentName);
      next();
      value.accept(key);
    }
  }

  /** Reads the array that begins here; each element is read to its last token. */
  void array(Runnable element) {
    expect(JsonToken.START_ARRAY, "an array [...] is wanted");
    while (read(parser::nextToken) != JsonToken.END_ARRAY) {
      element.run();
    }
  }

  void skip() {
    read(parser::skipChildren);
  }

  void expect(JsonToken token, String wanted) {
    if (parser.currentToken() == null) {
      throw problem("the file ends too early");
    }
    need(parser.currentToken() == token, wanted);
  }

  /** A name that is there; whole numbers are taken as names too. */
  String text() {
    JsonToken token = parser.currentToken();
    need(
        token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT,
        "a string is wanted");
    String text = read(parser::getText);
    need(!text.isEmpty(), "an empty string says nothing");
    return text;
  }

  /** A name, empty where it is null. */
  String optionalText() {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return "";
    }
    need(parser.currentToken() == JsonToken.VALUE_STRING, "a string is wanted");
    return read(parser::getText);
  }

  /** A number; NaN where it is null, NaN or infinite. */
  double numberOrAbsent() {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return Double.NaN;
    }
    need(
        token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT,
        "a number is wanted");
    double value = read(parser::getDoubleValue);
    return Double.isFinite(value) ? value : Double.NaN;
  }

  void need(boolean holds, String otherwise) {
    if (!holds) {
      throw problem(otherwise);
    }
  }

  /** Does something that may find the case impossible. */
  void checked(Runnable step) {
    try {
      step.run();
    } catch (BadCaseException e) {
      throw problem(String.valueOf(e.getMessage()));
    }
  }

  /** What is wrong at the token that was read last. */
  ProblemException problem(String what) {
    String path = parser.getParsingContext().pathAsPointer().toString();
    return new ProblemException(
        file + ": " + place(path, parser.currentTokenLocation()) + ": " + oneLine(what));
  }

  private <T> T read(Step<T> step) {
    try {
      return step.take();
    } catch (JsonProcessingException e) {
      String path = parser.getParsingContext().pathAsPointer().toString();
      throw new ProblemException(
          file + ": " + place(path, e.getLocation()) + ": " + oneLine(e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new ProblemException("cannot read " + file + ": " + oneLine(e.getMessage()), e);
    }
  }

  private static String place(String path, JsonLocation location) {
    String where = path.isEmpty() ? "" : oneLine(path) + ", ";
    return location == null ? where + "?" : where + "line " + location.getLineNr();
  }

  /** Without line ends and other control characters, and not too long. */
  static String oneLine(@Nullable String text) {
    String plain = AnswerText.safe(String.valueOf(text));
    return plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + " …";
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw new ProblemException("cannot close " + file + ": " + oneLine(e.getMessage()), e);
    }
  }
}
