// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.http;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.plimsoll.engines.component.SourceException;
import java.io.IOException;

/** Reads an answer as a JSON tree, within limits of depth and length; NaN is let in. */
public final class JsonAnswer {
  private static final int DEPTH = 100;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
                  // A broken answer's words may be secrets: they stay out of the complaint.
                  .errorReportConfiguration(
                      ErrorReportConfiguration.builder().maxErrorTokenLength(0).build())
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonAnswer() {}

  /**
   * @param where named in the error
   */
  public static JsonNode read(byte[] bytes, String where) throws SourceException {
    JsonNode tree;
    try {
      tree = JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new SourceException(
          SourceException.Code.BAD_ANSWER,
          where + " does not answer in JSON: " + e.getOriginalMessage(),
          e);
    } catch (IOException e) {
      throw new SourceException(
          SourceException.Code.BAD_ANSWER, where + " does not answer in JSON: " + e, e);
    }
    if (tree == null || tree.isMissingNode()) {
      throw new SourceException(SourceException.Code.BAD_ANSWER, where + " answers with nothing");
    }
    return tree;
  }
}
