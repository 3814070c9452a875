// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind {@code -javaagent:plimsoll-agent.jar=}: pairs {@code key=value} with commas
 * between. At least one of the first three is needed.
 *
 * <ul>
 *   <li>{@code kafka=host:port[;host:port]}: brokers to send to;
 *   <li>{@code http=http://host:port}: a Plimsoll server to send to;
 *   <li>{@code file=PATH}: a recording to append to; {@code %p} is the process id, {@code %u} the
 *       process's UUID; a folder gets one file per process;
 *   <li>{@code properties=PATH}: a properties file for the Kafka producer, such as its security;
 *   <li>{@code token-file=PATH}: whose first line is the bearer token for the server;
 *   <li>{@code file-max=64m}, {@code file-keep=4}: the largest size of a recording's file, and how
 *       many files it may roll over;
 *   <li>{@code cluster=NAME}: tells clusters apart whose application ids repeat; "default";
 *   <li>{@code interval=1s}: between two samples, 100ms to 1h;
 *   <li>{@code budget=0.5%}: of one core, above which the agent samples less often;
 *   <li>{@code stop-file=PATH}: when that file appears the agent stops for good;
 *   <li>{@code last=FOLDER}: where the last records are kept for the case that the process is
 *       killed, "off" for nowhere; a folder of this user in the one for temporary files;
 *   <li>{@code farewell=900ms}: how long the JVM's end may wait for sinks that are well.
 * </ul>
 */
final class AgentOptions {
  static final String IDLE = "; the agent stays idle, the job runs";

  private static final String[] KEYS = {
    "kafka",
    "http",
    "file",
    "cluster",
    "interval",
    "properties",
    "token-file",
    "file-max",
    "file-keep",
    "budget",
    "stop-file",
    "last",
    "farewell"
  };
  private static final String INGEST_PATH = "/api/v1/ingest";

  private final String kafka;
  private final String http;
  private final String file;
  private final String cluster;
  private final long intervalMillis;
  private final long farewellMillis;
  private final long fileMaxBytes;
  private final int fileKeep;
  private final double budget;
  private final String stopFile;
  private final String last;
  private final String propertiesFile;
  private final String tokenFile;
  private final Map<String, String> producerProperties;

  private AgentOptions(Map<String, String> given) throws OptionException {
    kafka = given.getOrDefault("kafka", "").replace(';', ',');
    http = address(given.getOrDefault("http", ""));
    file = given.getOrDefault("file", "");
    cluster = given.getOrDefault("cluster", "default");
    // The host waits while this is read: what is not given is not read either.
    intervalMillis = millis(given.get("interval"), "interval", 1_000);
    farewellMillis = millis(given.get("farewell"), "farewell", 900);
    String fileMax = given.get("file-max");
    fileMaxBytes = fileMax == null ? 64L << 20 : OptionValue.bytes("file-max", fileMax);
    String keep = given.get("file-keep");
    fileKeep = keep == null ? 4 : OptionValue.count("file-keep", keep, 1, 100);
    String share = given.get("budget");
    budget = share == null ? 0.005 : OptionValue.share("budget", share);
    stopFile = given.getOrDefault("stop-file", "");
    last = given.getOrDefault("last", "");
    tokenFile = given.getOrDefault("token-file", "");
    propertiesFile = given.getOrDefault("properties", "");
    producerProperties =
        propertiesFile.isEmpty() ? Collections.<String, String>emptyMap() : load(propertiesFile);
    if (kafka.isEmpty() && http.isEmpty() && file.isEmpty()) {
      throw new OptionException("none of kafka=, http= and file= is given" + IDLE);
    }
    if (!kafka.isEmpty()) {
      requireAddresses(kafka);
    }
    if (!tokenFile.isEmpty() && !new File(tokenFile).canRead()) {
      throw new OptionException(
          "agent option token-file=" + tokenFile + " is not a readable file" + IDLE);
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
      requireKnown(key);
      String value = equals < 0 ? "" : pair.substring(equals + 1).trim();
      if (value.isEmpty()) {
        throw new OptionException("agent option " + key + "= has no value" + IDLE);
      }
      given.put(key, value);
    }
    return new AgentOptions(given);
  }

  private static long millis(@Nullable String given, String key, long otherwise)
      throws OptionException {
    return given == null ? otherwise : OptionValue.millis(key, given);
  }

  private static void requireKnown(String key) throws OptionException {
    for (String known : KEYS) {
      if (known.equals(key)) {
        return;
      }
    }
    String nearest = nearest(key);
    String lower = key.toLowerCase(Locale.ROOT);
    if (lower.startsWith("sasl") || lower.startsWith("ssl") || lower.startsWith("security")) {
      throw new OptionException(
          "agent option '"
              + key
              + "' belongs into a file that properties= names: every user of the machine can read"
              + " options"
              + IDLE);
    }
    if (lower.contains("password") || lower.contains("secret") || lower.contains("token")) {
      throw new OptionException(
          "agent option '"
              + key
              + "' is refused: every user of the machine can read options; secrets go into files"
              + " that properties= or token-file= name"
              + IDLE);
    }
    throw new OptionException(
        "unknown agent option '" + key + "' (did you mean '" + nearest + "'?)" + IDLE);
  }

  /** Bootstrap servers with commas between, empty for none. */
  String kafka() {
    return kafka;
  }

  /** The address that envelopes are posted to, empty for none. */
  String http() {
    return http;
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

  /** How long the JVM's end waits, at the most, until sinks that are well have everything. */
  long farewellMillis() {
    return farewellMillis;
  }

  long fileMaxBytes() {
    return fileMaxBytes;
  }

  int fileKeep() {
    return fileKeep;
  }

  /** The share of one core that the agent may use: 0.005 is half a percent. */
  double budget() {
    return budget;
  }

  /** Empty for none. */
  String stopFile() {
    return stopFile;
  }

  /** A folder, "off", or empty for the one that goes without saying. */
  String last() {
    return last;
  }

  /** Where this agent sends to, in words that are equal for agents that send to the same place. */
  String destination() {
    String recordings = file.isEmpty() ? "" : String.valueOf(new File(file).getParent());
    return kafka + " " + http + " " + recordings + " " + cluster;
  }

  /** Empty for none. */
  String tokenFile() {
    return tokenFile;
  }

  /** Files that hold secrets. */
  List<String> secretFiles() {
    List<String> files = new ArrayList<>();
    for (String secret : new String[] {propertiesFile, tokenFile}) {
      if (!secret.isEmpty()) {
        files.add(secret);
      }
    }
    return files;
  }

  Map<String, String> producerProperties() {
    return producerProperties;
  }

  private static String address(String given) throws OptionException {
    if (given.isEmpty()) {
      return "";
    }
    URL url;
    try {
      url = new URL(given);
    } catch (MalformedURLException notOne) {
      throw new OptionException(
          "agent option http=" + given + " is not an address such as http://host:8080" + IDLE);
    }
    if (url.getUserInfo() != null) {
      throw new OptionException(
          "agent option http= carries a user and password, which every user of the machine can"
              + " read; put a token into a file that token-file= names"
              + IDLE);
    }
    boolean isWeb = url.getProtocol().equals("http") || url.getProtocol().equals("https");
    if (!isWeb || url.getHost().isEmpty() || url.getPort() > 65535) {
      throw new OptionException(
          "agent option http=" + given + " is not an address such as http://host:8080" + IDLE);
    }
    String path = url.getPath();
    return path.isEmpty() || path.equals("/") ? cut(given) + INGEST_PATH : given;
  }

  private static String cut(String address) {
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }

  private static void requireAddresses(String servers) throws OptionException {
    for (String server : servers.split(",")) {
      int colon = server.lastIndexOf(':');
      String port = server.substring(colon + 1);
      boolean isNumber = !port.isEmpty() && port.length() <= 5 && OptionValue.isDigits(port);
      boolean good = colon > 0 && isNumber && Integer.parseInt(port) <= 65535;
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
