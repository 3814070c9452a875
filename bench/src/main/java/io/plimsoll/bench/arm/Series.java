// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.arm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;

/** Counts the values in what agents of others tell: "fields delivered" means these. */
final class Series {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Jolokia's bulk read of what the other agents tell, too. */
  static final String JOLOKIA_READ =
      jolokia(
              "java.lang:type=Memory",
              "java.lang:type=OperatingSystem",
              "java.lang:type=ClassLoading",
              "java.lang:type=Compilation",
              "java.lang:type=GarbageCollector,name=*",
              "java.lang:type=MemoryPool,name=*",
              "java.nio:type=BufferPool,name=*")
          .replace(
              "]",
              ",{\"type\":\"read\",\"mbean\":\"java.lang:type=Threading\",\"attribute\":"
                  + "[\"ThreadCount\",\"DaemonThreadCount\",\"TotalStartedThreadCount\"]}]");

  private Series() {}

  /** Lines of the Prometheus text format that are not comments. */
  static int prometheus(String text) {
    return (int) text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).count();
  }

  /** Numbers in a JSON answer. */
  static int jolokia(String answer) {
    try {
      return numbers(JSON.readTree(answer), "");
    } catch (JsonProcessingException e) {
      return 0;
    }
  }

  /** Data points in an OTLP request for metrics. */
  static int otlp(byte[] request) {
    return points(request, 0, request.length, List.of(1, 2, 2), 0);
  }

  private static String jolokia(String... beans) {
    StringBuilder body = new StringBuilder("[");
    for (String bean : beans) {
      body.append(body.length() == 1 ? "" : ",")
          .append("{\"type\":\"read\",\"mbean\":\"")
          .append(bean)
          .append("\"}");
    }
    return body.append(']').toString();
  }

  private static int numbers(JsonNode node, String name) {
    if (node.isNumber()) {
      return name.equals("timestamp") || name.equals("status") ? 0 : 1;
    }
    int sum = 0;
    if (node.isArray()) {
      for (JsonNode each : node) {
        sum += numbers(each, "");
      }
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      sum += field.getKey().equals("request") ? 0 : numbers(field.getValue(), field.getKey());
    }
    return sum;
  }

  /**
   * Walks protobuf messages: resource metrics, scope metrics, metrics, then the one of gauge, sum,
   * histogram (5, 7, 9) that a metric has, whose field 1 is a data point.
   */
  private static int points(byte[] in, int from, int to, List<Integer> way, int depth) {
    int sum = 0;
    int at = from;
    while (at < to) {
      long[] tag = varint(in, at);
      at = (int) tag[1];
      int field = (int) (tag[0] >>> 3);
      switch ((int) (tag[0] & 7)) {
        case 0 -> at = (int) varint(in, at)[1];
        case 1 -> at += 8;
        case 5 -> at += 4;
        case 2 -> {
          long[] length = varint(in, at);
          at = (int) length[1];
          int end = at + (int) length[0];
          boolean isData = depth == way.size() && (field == 5 || field == 7 || field == 9);
          if (depth < way.size() && field == way.get(depth) || isData) {
            sum += points(in, at, end, way, depth + 1);
          } else if (depth > way.size() && field == 1) {
            sum++;
          }
          at = end;
        }
        default -> {
          return sum;
        }
      }
    }
    return sum;
  }

  /** The value and the place behind it. */
  private static long[] varint(byte[] in, int from) {
    long value = 0;
    int at = from;
    for (int shift = 0; at < in.length && shift < 64; shift += 7) {
      byte next = in[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        break;
      }
    }
    return new long[] {value, at};
  }
}
