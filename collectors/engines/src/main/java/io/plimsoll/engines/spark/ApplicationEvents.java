// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import com.fasterxml.jackson.core.JsonParser;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Reads what a log says of the application as a whole. */
final class ApplicationEvents {
  private static final int LONGEST_VALUE = 8_000;
  private static final int MOST_PROPERTIES = 5_000;

  private final LogMemory memory;

  ApplicationEvents(LogMemory memory) {
    this.memory = memory;
  }

  void logStarted(JsonParser parser, Draft into) throws IOException {
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      if (name.equals("Spark Version")) {
        memory.version(memory.line(Json.text(parser)));
      } else {
        parser.skipChildren();
      }
    }
    into.put(EventText.ENGINE_VERSION, memory.version());
  }

  void started(JsonParser parser, Draft into) throws IOException {
    into.put(EventText.ENGINE, "spark");
    into.put(EventText.ENGINE_VERSION, memory.version());
    into.put(EventText.USER, "");
    String application = "";
    long attempt = 0;
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "App Name" -> into.put(EventText.APPLICATION_NAME, memory.line(Json.text(parser)));
        case "App ID" -> application = memory.line(Json.text(parser));
        case "App Attempt ID" -> attempt = Json.number(parser, 0);
        case "Timestamp" -> into.at(Json.number(parser, 0));
        case "User" -> into.put(EventText.USER, memory.line(Json.text(parser)));
        default -> parser.skipChildren();
      }
    }
    memory.application(application, attempt > 0 && attempt < Integer.MAX_VALUE ? (int) attempt : 0);
  }

  void ended(JsonParser parser, Draft into) throws IOException {
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      if (name.equals("Timestamp")) {
        into.at(Json.number(parser, 0));
      } else {
        parser.skipChildren();
      }
    }
    memory.end();
  }

  /** Class paths, Hadoop's and the system's properties are left out, as the agent does. */
  void environment(JsonParser parser, Draft into) throws IOException {
    Map<String, String> properties = new TreeMap<>();
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "Spark Properties", "JVM Information" -> pairs(parser, properties);
        default -> parser.skipChildren();
      }
    }
    String texts = properties.get("spark.sql.redaction.string.regex");
    memory.redact(
        properties.get("spark.redaction.regex"),
        texts == null ? properties.get("spark.redaction.string.regex") : texts);
    properties.forEach((key, value) -> into.property(key, memory.redaction().value(key, value)));
    String cloudVersion = properties.get("spark.databricks.clusterUsageTags.sparkVersion");
    if (memory.version().isEmpty() && cloudVersion != null) {
      memory.version(cloudVersion);
    }
  }

  void resourceProfile(JsonParser parser, Draft into) throws IOException {
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "Resource Profile Id" -> Json.put(parser, EventNumber.RESOURCE_PROFILE, into);
        case "Executor Resource Requests" -> amounts(parser, "executor.", into);
        case "Task Resource Requests" -> amounts(parser, "task.", into);
        default -> parser.skipChildren();
      }
    }
  }

  private void amounts(JsonParser parser, String prefix, Draft into) throws IOException {
    if (!Json.isObject(parser)) {
      return;
    }
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      if (!Json.isObject(parser)) {
        continue;
      }
      for (String field = Json.nextField(parser); field != null; field = Json.nextField(parser)) {
        if (field.equals("Amount")) {
          into.property(prefix + name, memory.line(plain(Json.text(parser))));
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  /** Spark writes the whole numbers of tasks as fractions. */
  private static String plain(String amount) {
    return amount.endsWith(".0") ? amount.substring(0, amount.length() - 2) : amount;
  }

  private static void pairs(JsonParser parser, Map<String, String> into) throws IOException {
    if (!Json.isObject(parser)) {
      return;
    }
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      String value = Json.text(parser);
      if (into.size() < MOST_PROPERTIES) {
        into.put(name, value.substring(0, Math.min(value.length(), LONGEST_VALUE)));
      }
    }
  }
}
