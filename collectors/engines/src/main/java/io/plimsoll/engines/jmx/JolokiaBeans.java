// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.jmx;

import io.plimsoll.engines.component.BeanReader;
import io.plimsoll.engines.component.SourceException;
import io.plimsoll.engines.component.SourceException.Code;
import io.plimsoll.engines.http.BoundedHttp;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.jolokia.client.JolokiaClient;
import org.jolokia.client.JolokiaQueryParameter;
import org.jolokia.client.exception.JolokiaException;
import org.jolokia.client.exception.JolokiaRemoteException;
import org.jolokia.client.request.JolokiaReadRequest;
import org.jolokia.client.request.JolokiaRequest;
import org.jolokia.client.response.JolokiaResponse;
import org.jolokia.client.response.JolokiaResponseExtractor;
import org.jolokia.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * Beans behind a Jolokia agent, 1.x or 2.x, all queries in one bulk request. The agent is told to
 * pass over attributes that cannot be read and to bound what it writes.
 */
public final class JolokiaBeans implements BeanReader {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private static final Map<JolokiaQueryParameter, String> OPTIONS =
      Map.of(
          JolokiaQueryParameter.IGNORE_ERRORS, "true",
          JolokiaQueryParameter.INCLUDE_STACKTRACE, "false",
          JolokiaQueryParameter.MAX_DEPTH, "4",
          JolokiaQueryParameter.MAX_COLLECTION_SIZE, "1000",
          JolokiaQueryParameter.MAX_OBJECTS, "200000");

  /** Takes each answer as it is: one with an error must not hide the others. */
  private static final class AsItIs implements JolokiaResponseExtractor {
    @Override
    public <R extends JolokiaResponse<Q>, Q extends JolokiaRequest> R extract(
        Q request, JSONObject answer, boolean includeRequest) throws JolokiaRemoteException {
      return request.createResponse(answer);
    }
  }

  private final String where;
  private final JolokiaClient client;

  /**
   * @param agent such as {@code http://broker:8778/jolokia}
   */
  public JolokiaBeans(URI agent, BoundedHttp http) {
    this.where = agent.toString();
    this.client = new JolokiaClient(agent, new JolokiaTransport(agent, http), null, new AsItIs());
  }

  @Override
  public List<Map<ObjectName, Map<String, Object>>> read(List<Query> queries)
      throws SourceException, InterruptedException {
    List<JolokiaReadRequest> requests = new ArrayList<>();
    for (Query query : queries) {
      requests.add(
          new JolokiaReadRequest(query.pattern(), query.attributes().toArray(new String[0])));
    }
    List<? extends JolokiaResponse<?>> responses = execute(requests);
    List<Map<ObjectName, Map<String, Object>>> answers = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      answers.add(answer(queries.get(i), responses.get(i).asJSONObject()));
    }
    return answers;
  }

  private List<? extends JolokiaResponse<?>> execute(List<JolokiaReadRequest> requests)
      throws SourceException, InterruptedException {
    try {
      List<JolokiaResponse<JolokiaReadRequest>> responses = client.execute(requests, OPTIONS);
      return responses;
    } catch (JolokiaException | RuntimeException e) {
      for (Throwable each = e; each != null; each = each.getCause()) {
        if (each instanceof JolokiaTransport.Failed failed) {
          throw failed.failure();
        }
        if (each instanceof InterruptedException interrupted) {
          throw interrupted;
        }
      }
      throw new SourceException(
          Code.BAD_ANSWER, where + " does not answer as Jolokia does: " + e, e);
    }
  }

  private Map<ObjectName, Map<String, Object>> answer(Query query, JSONObject answer)
      throws SourceException {
    int status = answer.get("status") instanceof Number number ? number.intValue() : 0;
    if (status == NOT_FOUND) {
      return Map.of();
    }
    Object value = answer.get("value");
    if (status != OK || value == null) {
      return failed(status, answer);
    }
    Map<ObjectName, Map<String, Object>> beans = new HashMap<>();
    if (!query.pattern().isPattern()) {
      beans.put(query.pattern(), attributes(query, value));
    } else if (value instanceof Map<?, ?> byName) {
      byName.forEach(
          (key, attributes) -> {
            ObjectName name = JsonValues.name(String.valueOf(key));
            if (name != null) {
              beans.put(name, attributes(query, attributes));
            }
          });
    }
    return beans;
  }

  /** An agent that lets nothing be read is an error; one bean that fails is an empty answer. */
  private Map<ObjectName, Map<String, Object>> failed(int status, JSONObject answer)
      throws SourceException {
    if (status == 0) {
      throw new SourceException(
          Code.BAD_ANSWER,
          where + " does not answer as Jolokia does: no status in " + answer.keySet());
    }
    return Map.of();
  }

  private static Map<String, Object> attributes(Query query, @Nullable Object value) {
    Map<String, Object> attributes = new HashMap<>();
    if (value instanceof Map<?, ?> map) {
      boolean composite =
          query.attributes().size() == 1 && !map.containsKey(query.attributes().get(0));
      if (!composite) {
        map.forEach((name, each) -> put(attributes, String.valueOf(name), each));
        return attributes;
      }
    }
    if (query.attributes().size() == 1) {
      put(attributes, query.attributes().get(0), value);
    }
    return attributes;
  }

  private static void put(Map<String, Object> attributes, String name, @Nullable Object value) {
    // Agents since 2.4 write an object that says what went wrong; older ones a text.
    boolean composite = value instanceof Map<?, ?> map && !map.containsKey(".error");
    if (value instanceof Number || value instanceof Boolean || composite) {
      attributes.put(name, value);
    }
  }

  @Override
  public void close() {
    // The client holds nothing but the transport.
  }
}
