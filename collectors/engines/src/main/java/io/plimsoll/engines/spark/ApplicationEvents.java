// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

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

  void logStarted(JsonValues json, Draft into) throws IOException {
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      if (name.equals("Spark Version")) {
        memory.version(memory.line(json.text()));
      } else {
        json.skip();
      }
    }
    into.put(EventText.ENGINE_VERSION, memory.version());
  }

  void started(JsonValues json, Draft into) throws IOException {
    into.put(EventText.ENGINE, "spark");
    into.put(EventText.ENGINE_VERSION, memory.version());
    into.put(EventText.USER, "");
    String application = "";
    long attempt = 0;
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "App Name" -> into.put(EventText.APPLICATION_NAME, memory.line(json.text()));
        case "App ID" -> application = memory.line(json.text());
        case "App Attempt ID" -> attempt = json.number(0);
        case "Timestamp" -> into.at(json.number(0));
        case "User" -> into.put(EventText.USER, memory.line(json.text()));
        default -> json.skip();
      }
    }
    memory.application(application, attempt > 0 && attempt < Integer.MAX_VALUE ? (int) attempt : 0);
  }

  void ended(JsonValues json, Draft into) throws IOException {
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      if (name.equals("Timestamp")) {
        into.at(json.number(0));
      } else {
        json.skip();
      }
    }
    memory.end();
  }

  /** Class paths, Hadoop's and the system's properties are left out, as the agent does. */
  void environment(JsonValues json, Draft into) throws IOException {
    Map<String, String> properties = new TreeMap<>();
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "Spark Properties", "JVM Information" -> pairs(json, properties);
        default -> json.skip();
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

  void resourceProfile(JsonValues json, Draft into) throws IOException {
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "Resource Profile Id" -> json.put(EventNumber.RESOURCE_PROFILE, into);
        case "Executor Resource Requests" -> amounts(json, "executor.", into);
        case "Task Resource Requests" -> amounts(json, "task.", into);
        default -> json.skip();
      }
    }
  }

  private void amounts(JsonValues json, String prefix, Draft into) throws IOException {
    if (!json.isObject()) {
      return;
    }
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      if (!json.isObject()) {
        continue;
      }
      for (String field = json.nextField(); field != null; field = json.nextField()) {
        if (field.equals("Amount")) {
          into.property(prefix + name, memory.line(plain(json.text())));
        } else {
          json.skip();
        }
      }
    }
  }

  /** Spark writes the whole numbers of tasks as fractions. */
  private static String plain(String amount) {
    return amount.endsWith(".0") ? amount.substring(0, amount.length() - 2) : amount;
  }

  private static void pairs(JsonValues json, Map<String, String> into) throws IOException {
    if (!json.isObject()) {
      return;
    }
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      String value = json.text();
      if (into.size() < MOST_PROPERTIES) {
        into.put(name, value.substring(0, Math.min(value.length(), LONGEST_VALUE)));
      }
    }
  }
}
