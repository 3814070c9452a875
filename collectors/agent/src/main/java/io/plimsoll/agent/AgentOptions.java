// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind {@code -javaagent:plimsoll-agent.jar=}: pairs {@code key=value} with commas
 * between.
 *
 * <ul>
 *   <li>{@code kafka=host:port[;host:port]}: brokers to send to;
 *   <li>{@code file=PATH}: a recording to append to; {@code %p} is the process id, {@code %u} the
 *       process's UUID; a folder gets one file per process;
 *   <li>{@code cluster=NAME}: tells clusters apart whose application ids repeat; "default";
 *   <li>{@code interval=1s}: between two samples, 100ms to 1h;
 *   <li>{@code properties=PATH}: a properties file for the Kafka producer, such as its security.
 * </ul>
 */
final class AgentOptions {
  static final String IDLE = "; the agent stays idle, the job runs";

  private static final String[] KEYS = {"kafka", "file", "cluster", "interval", "properties"};
  private static final long SHORTEST_MILLIS = 100;
  private static final long LONGEST_MILLIS = 3_600_000;

  private final String kafka;
  private final String file;
  private final String cluster;
  private final long intervalMillis;
  private final Map<String, String> producerProperties;

  private AgentOptions(Map<String, String> given) throws OptionException {
    kafka = given.getOrDefault("kafka", "").replace(';', ',');
    file = given.getOrDefault("file", "");
    cluster = given.getOrDefault("cluster", "default");
    intervalMillis = duration(given.getOrDefault("interval", "1s"));
    String properties = given.get("properties");
    producerProperties =
        properties == null ? Collections.<String, String>emptyMap() : load(properties);
    if (kafka.isEmpty() && file.isEmpty()) {
      throw new OptionException("neither kafka= nor file= is given" + IDLE);
    }
    if (!kafka.isEmpty()) {
      requireAddresses(kafka);
    }
  }

  static AgentOptions parse(@Nullable String line) throws OptionException {
    Map<String, String> given = new TreeMap<>();
    for (String pair : line == null ? new String[0] : line.split(",")) {
      if (pair.trim().isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String key = (equals < 0 ? pair : pair.substring(0, equals)).trim();
      String nearest = nearest(key);
      if (!nearest.equals(key)) {
        throw new OptionException(
            "unknown agent option '" + key + "' (did you mean '" + nearest + "'?)" + IDLE);
      }
      String value = equals < 0 ? "" : pair.substring(equals + 1).trim();
      if (value.isEmpty()) {
        throw new OptionException("agent option " + key + "= has no value" + IDLE);
      }
      given.put(key, value);
    }
    return new AgentOptions(given);
  }

  /** Bootstrap servers with commas between, empty for none. */
  String kafka() {
    return kafka;
  }

  /** Empty for none. */
  String file() {
    return file;
  }

  String cluster() {
    return cluster;
  }

  long intervalMillis() {
    return intervalMillis;
  }

  Map<String, String> producerProperties() {
    return producerProperties;
  }

  private static long duration(String text) throws OptionException {
    String unit = text.replaceFirst("^[0-9]+", "");
    long scale;
    switch (unit) {
      case "ms":
        scale = 1;
        break;
      case "s":
        scale = 1_000;
        break;
      case "m":
        scale = 60_000;
        break;
      default:
        scale = -1;
        break;
    }
    String digits = text.substring(0, text.length() - unit.length());
    if (scale < 0 || digits.isEmpty() || digits.length() > 9) {
      throw new OptionException(
          "agent option interval=" + text + " is not a duration such as 1s or 500ms" + IDLE);
    }
    long millis = Long.parseLong(digits) * scale;
    if (millis < SHORTEST_MILLIS || millis > LONGEST_MILLIS) {
      throw new OptionException(
          "agent option interval=" + text + " is not between 100ms and 60m" + IDLE);
    }
    return millis;
  }

  private static void requireAddresses(String servers) throws OptionException {
    for (String server : servers.split(",")) {
      int colon = server.lastIndexOf(':');
      String port = server.substring(colon + 1);
      boolean good = colon > 0 && port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= 65535;
      if (!good) {
        throw new OptionException(
            "agent option kafka=" + server + " is not host:port[;host:port]" + IDLE);
      }
    }
  }

  private static Map<String, String> load(String path) throws OptionException {
    Properties properties = new Properties();
    try (FileInputStream in = new FileInputStream(path)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new OptionException(
          "agent option properties=" + path + " is not a readable properties file" + IDLE);
    }
    Map<String, String> read = new TreeMap<>();
    Set<String> names = new HashSet<>(properties.stringPropertyNames());
    for (String name : names) {
      read.put(name, properties.getProperty(name, ""));
    }
    return read;
  }

  private static String nearest(String key) {
    String nearest = KEYS[0];
    int least = Integer.MAX_VALUE;
    for (String candidate : KEYS) {
      int distance = distance(key, candidate);
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }

  /** Levenshtein's edit distance. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
