// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.jmx;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.engines.component.SourceException;
import io.plimsoll.engines.http.BoundedHttp;
import io.plimsoll.engines.http.JsonAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jolokia.client.JolokiaQueryParameter;
import org.jolokia.client.JolokiaTargetConfig;
import org.jolokia.client.request.HttpMethod;
import org.jolokia.client.request.JolokiaRequest;
import org.jolokia.client.response.JolokiaResponse;
import org.jolokia.client.spi.HttpClientSpi;
import org.jolokia.json.JSONArray;
import org.jolokia.json.JSONObject;
import org.jolokia.json.JSONStructure;
import org.jspecify.annotations.Nullable;

/**
 * Carries the Jolokia client's requests, with the limits of time and size that its own transport
 * lacks: there a read may wait for ever.
 */
final class JolokiaTransport implements HttpClientSpi<BoundedHttp> {
  /** A failure on its way through the client, whose interface knows only its own exceptions. */
  static final class Failed extends IOException {
    private static final long serialVersionUID = 1L;

    private final SourceException failure;

    Failed(SourceException failure) {
      super(failure.getMessage(), failure);
      this.failure = failure;
    }

    SourceException failure() {
      return failure;
    }
  }

  private final URI agent;
  private final BoundedHttp http;

  JolokiaTransport(URI agent, BoundedHttp http) {
    this.agent = agent;
    this.http = http;
  }

  @Override
  public <Q extends JolokiaRequest, R extends JolokiaResponse<Q>> JSONStructure execute(
      Q request,
      HttpMethod method,
      @Nullable Map<JolokiaQueryParameter, String> options,
      @Nullable JolokiaTargetConfig proxied)
      throws IOException {
    return post(request.toJson().toJSONString(), options);
  }

  @Override
  public <Q extends JolokiaRequest, R extends JolokiaResponse<Q>> JSONStructure execute(
      List<Q> requests,
      @Nullable Map<JolokiaQueryParameter, String> options,
      @Nullable JolokiaTargetConfig proxied)
      throws IOException {
    JSONArray all = new JSONArray();
    requests.forEach(request -> all.add(request.toJson()));
    return post(all.toJSONString(), options);
  }

  private JSONStructure post(String body, @Nullable Map<JolokiaQueryParameter, String> options)
      throws IOException {
    try {
      return structure(http.post(address(options), body), agent.toString());
    } catch (SourceException e) {
      throw new Failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private URI address(@Nullable Map<JolokiaQueryParameter, String> options) {
    StringBuilder address = new StringBuilder(agent.toString());
    if (address.charAt(address.length() - 1) != '/') {
      address.append('/');
    }
    if (options != null) {
      char separator = '?';
      for (Map.Entry<JolokiaQueryParameter, String> option : options.entrySet()) {
        address
            .append(separator)
            .append(option.getKey().getParam())
            .append('=')
            .append(URLEncoder.encode(option.getValue(), StandardCharsets.UTF_8));
        separator = '&';
      }
    }
    return URI.create(address.toString());
  }

  static JSONStructure structure(byte[] body, String where) throws SourceException {
    if (convert(JsonAnswer.read(body, where)) instanceof JSONStructure structure) {
      return structure;
    }
    throw new SourceException(
        SourceException.Code.BAD_ANSWER, where + " answers with a bare value, not as Jolokia does");
  }

  private static @Nullable Object convert(JsonNode node) {
    if (node.isObject()) {
      JSONObject object = new JSONObject();
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        object.put(field.getKey(), convert(field.getValue()));
      }
      return object;
    }
    if (node.isArray()) {
      JSONArray array = new JSONArray(node.size());
      node.forEach(each -> array.add(convert(each)));
      return array;
    }
    return node.isTextual() ? node.textValue() : JsonValues.value(node);
  }

  @Override
  public BoundedHttp getClient(Class<BoundedHttp> type) {
    return http;
  }

  @Override
  public void close() {
    // The connections of the JDK's client go with it.
  }
}
