// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.jmx;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.engines.component.BeanReader;
import io.plimsoll.engines.component.SourceException;
import io.plimsoll.engines.http.BoundedHttp;
import io.plimsoll.engines.http.JsonAnswer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;

/** Beans on the {@code /jmx} page of a Hadoop daemon; each query is one small request. */
public final class HadoopBeans implements BeanReader {
  private final URI page;
  private final BoundedHttp http;

  /**
   * @param page such as {@code http://namenode:9870/jmx}
   */
  public HadoopBeans(URI page, BoundedHttp http) {
    this.page = page;
    this.http = http;
  }

  @Override
  public List<Map<ObjectName, Map<String, Object>>> read(List<Query> queries)
      throws SourceException, InterruptedException {
    List<Map<ObjectName, Map<String, Object>>> answers = new ArrayList<>();
    for (Query query : queries) {
      String encoded =
          URLEncoder.encode(query.pattern().getCanonicalName(), StandardCharsets.UTF_8);
      byte[] body = http.get(URI.create(page + "?qry=" + encoded));
      answers.add(parse(body, page.toString()));
    }
    return answers;
  }

  /**
   * The beans of a page: {@code {"beans": [{"name": ..., attribute: value}]}}.
   *
   * @throws SourceException when it is no such page; a bean without a name is passed over
   */
  static Map<ObjectName, Map<String, Object>> parse(byte[] body, String where)
      throws SourceException {
    JsonNode beans = JsonAnswer.read(body, where).path("beans");
    if (!beans.isArray()) {
      throw new SourceException(
          SourceException.Code.BAD_ANSWER, where + " is not a /jmx page: it has no beans");
    }
    Map<ObjectName, Map<String, Object>> answer = new HashMap<>();
    for (JsonNode bean : beans) {
      ObjectName name = JsonValues.name(bean.path("name").asText());
      if (name != null) {
        answer.put(name, JsonValues.attributes(bean));
      }
    }
    return answer;
  }

  @Override
  public void close() {
    // The connections of the JDK's client go with it.
  }
}
