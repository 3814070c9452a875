// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** An HTTP client that holds every answer against {@code openapi.yaml}. */
final class ContractClient {
  private static final String CONTRACT = "classpath:openapi.yaml";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One checked answer. */
  record Answer(int status, String contentType, String body, Map<String, List<String>> headers) {
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (JsonProcessingException e) {
        throw new AssertionError("no JSON: " + body, e);
      }
    }

    String detail() {
      return json().path("detail").asText();
    }
  }

  private final URI address;
  private final HttpClient http = HttpClient.newHttpClient();
  private final SchemaRegistry schemas =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final tools.jackson.databind.JsonNode contract;

  ContractClient(URI address) {
    this.address = address;
    this.contract = contract();
  }

  /** The contract's paths. */
  Set<String> paths() {
    return new TreeSet<>(contract.path("paths").propertyNames());
  }

  /** Asks and checks status, media type and body against the contract. */
  Answer get(String pathAndQuery) throws IOException, InterruptedException {
    return ask(HttpRequest.newBuilder(address.resolve(pathAndQuery)).GET().build());
  }

  Answer ask(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    String type = response.headers().firstValue("Content-Type").orElse("");
    Answer answer =
        new Answer(response.statusCode(), type, response.body(), response.headers().map());
    check(request.method(), request.uri().getRawPath(), answer);
    return answer;
  }

  private void check(String method, String rawPath, Answer answer) {
    String media = answer.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    String pointer;
    if (answer.status() >= 400) {
      assertThat(media)
          .as("media type of status %s", answer.status())
          .isEqualTo("application/problem+json");
      pointer = "/components/responses/Problem/content/" + escaped(media) + "/schema";
    } else {
      pointer = answerPointer(method, rawPath, answer.status(), media);
    }
    Schema schema = schemas.getSchema(SchemaLocation.of(CONTRACT + "#" + pointer));
    if (media.endsWith("json")) {
      assertThat(schema.validate(answer.body(), InputFormat.JSON))
          .as("%s against %s: %s", rawPath, pointer, answer.body())
          .isEmpty();
    }
  }

  private String answerPointer(String method, String rawPath, int status, String media) {
    String path =
        paths().stream()
            .filter(candidate -> matches(candidate, rawPath))
            .min(Comparator.comparingInt(candidate -> candidate.contains("{") ? 1 : 0))
            .orElseThrow(() -> new AssertionError("the contract has no path for " + rawPath));
    String responses =
        "/paths/" + escaped(path) + "/" + method.toLowerCase(Locale.ROOT) + "/responses/" + status;
    tools.jackson.databind.JsonNode response = contract.at(responses);
    assertThat(response.isMissingNode()).as("%s in the contract", responses).isFalse();
    String reference = response.path("$ref").asString("");
    String at = reference.isEmpty() ? responses : reference.substring(1);
    assertThat(contract.at(at).path("content").propertyNames()).as(at).contains(media);
    return at + "/content/" + escaped(media) + "/schema";
  }

  private static boolean matches(String path, String rawPath) {
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/")) {
      parts.add(part.startsWith("{") ? "[^/]+" : Pattern.quote(part));
    }
    return Pattern.matches(String.join("/", parts), rawPath);
  }

  private static String escaped(String token) {
    return token.replace("~", "~0").replace("/", "~1");
  }

  private static tools.jackson.databind.JsonNode contract() {
    try (InputStream in = ContractClient.class.getResourceAsStream("/openapi.yaml")) {
      return new tools.jackson.dataformat.yaml.YAMLMapper()
          .readTree(Objects.requireNonNull(in, "openapi.yaml is missing").readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
