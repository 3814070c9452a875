// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Holds what analyze writes against docs/run-object.schema.json. */
final class RunSchema {
  private static final Path SCHEMA = Path.of("..", "..", "docs", "run-object.schema.json");

  private RunSchema() {}

  /** The document, after it was found to be as the schema says. */
  static JsonNode valid(Path file) throws IOException {
    String text = Files.readString(file);
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
    assertThat(schema.validate(text, InputFormat.JSON)).isEmpty();
    return new ObjectMapper().readTree(text);
  }
}
