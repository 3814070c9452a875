// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.engines.component.ComponentSource;
import io.plimsoll.engines.component.ComponentTarget;
import io.plimsoll.engines.component.Reading;
import io.plimsoll.engines.component.SourceException;
import io.plimsoll.engines.http.BoundedHttp;
import io.plimsoll.engines.http.JsonAnswer;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Role;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Pods and events of one namespace, and the cluster's nodes where the token may read them, from the
 * API server.
 */
public final class KubernetesSource implements ComponentSource {
  /** The component type of this source. */
  public static final String TYPE = "kubernetes";

  private static final int PAGE = 500;
  private static final int MAX_PAGES = 20;

  private final ComponentTarget target;
  private final String base;
  private final String namespace;
  private final BoundedHttp http;
  private final ObjectEvents objects = new ObjectEvents();

  public KubernetesSource(String cluster, Kubeconfig kubeconfig, String namespace, Duration timeout)
      throws SourceException {
    String server = kubeconfig.server().toString().replaceAll("/+$", "");
    this.base = server + "/api/v1/";
    this.namespace = URLEncoder.encode(namespace, StandardCharsets.UTF_8);
    // Two namespaces of one cluster are two processes on the wire: each counts its own sequence.
    this.target =
        new ComponentTarget(TYPE, Role.KUBERNETES, cluster, base + "namespaces/" + this.namespace);
    String token = kubeconfig.token();
    this.http =
        BoundedHttp.of(
            timeout,
            BoundedHttp.LIMIT_BYTES,
            token == null ? null : "Bearer " + token,
            kubeconfig.tls());
  }

  @Override
  public ComponentTarget target() {
    return target;
  }

  @Override
  public Reading read(long epochMillis) throws SourceException, InterruptedException {
    List<EngineEvent> events = new ArrayList<>();
    Map<String, String> unread = new TreeMap<>();
    pages("namespaces/" + namespace + "/pods", epochMillis, events);
    for (String more : List.of("namespaces/" + namespace + "/events", "nodes")) {
      try {
        pages(more, epochMillis, events);
      } catch (SourceException e) {
        if (e.code() != SourceException.Code.REFUSED) {
          throw e;
        }
        unread.put("kubernetes." + more.substring(more.lastIndexOf('/') + 1), e.getMessage());
      }
    }
    return new Reading(new TreeMap<>(), events, unread);
  }

  private void pages(String path, long epochMillis, List<EngineEvent> events)
      throws SourceException, InterruptedException {
    String next = "";
    for (int page = 0; page < MAX_PAGES; page++) {
      String where = base + path;
      URI address =
          URI.create(
              where
                  + "?limit="
                  + PAGE
                  + (next.isEmpty()
                      ? ""
                      : "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8)));
      JsonNode answer = JsonAnswer.read(http.get(address), where);
      if (!answer.path("items").isArray()) {
        throw new SourceException(
            SourceException.Code.BAD_ANSWER, where + " does not answer with a list");
      }
      events.addAll(objects.read(answer, epochMillis));
      next = answer.path("metadata").path("continue").asText("");
      if (next.isEmpty()) {
        return;
      }
    }
  }

  @Override
  public void close() {
    // The connections of the JDK's client go with it.
  }
}
