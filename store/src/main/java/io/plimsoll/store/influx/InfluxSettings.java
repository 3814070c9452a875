// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.influx;

import java.io.IOException;
import java.io.Reader;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which InfluxDB, and how long it keeps what.
 *
 * @param url of the server, without a slash at the end
 * @param database letters, digits, {@code _} and {@code -}
 * @param user empty: the server asks for none
 * @param password for the user; with 2.x and 3.x a token
 * @param setup whether to create database, retention policies and continuous queries at start
 * @param keepProcesses how long windows of single processes are kept; zero is for ever
 * @param keepRuns the same for windows of runs and stages, facts of runs and findings
 * @param keepHistory the same for the five-minute windows made of them
 * @param processesPerRun so many processes of a run have windows of their own here
 */
public record InfluxSettings(
    String url,
    String database,
    String user,
    String password,
    boolean setup,
    Duration keepProcesses,
    Duration keepRuns,
    Duration keepHistory,
    int processesPerRun)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern SPAN = Pattern.compile("(\\d{1,5})([hdw])");
  private static final String FORM =
      "expected URL[,database=NAME][,credentials=FILE][,setup=yes|no][,keep-processes=7d]"
          + "[,keep-runs=30d][,keep-history=730d][,processes-per-run=2000]";

  public InfluxSettings {
    Objects.requireNonNull(user, "user is null");
    Objects.requireNonNull(password, "password is null");
    url = checkedUrl(url);
    if (!NAME.matcher(database).matches()) {
      throw new IllegalArgumentException(
          "InfluxDB database '" + database + "': take 1 to 64 letters, digits, _ and -");
    }
    if (processesPerRun < 1) {
      throw new IllegalArgumentException(
          "InfluxDB processes-per-run=" + processesPerRun + ": take at least 1");
    }
  }

  /** A server that asks for no user, with the usual retention. */
  public static InfluxSettings of(String url, String database) {
    return new InfluxSettings(
        url,
        database,
        "",
        "",
        true,
        Duration.ofDays(7),
        Duration.ofDays(30),
        Duration.ofDays(730),
        2_000);
  }

  /** The same without any end of retention. */
  public InfluxSettings keepingAll() {
    return kept(Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }

  /** The same with these spans. */
  public InfluxSettings kept(Duration processes, Duration runs, Duration history) {
    return new InfluxSettings(
        url, database, user, password, setup, processes, runs, history, processesPerRun);
  }

  /** The same for this user. */
  public InfluxSettings as(String name, String secret) {
    return new InfluxSettings(
        url, database, name, secret, setup, keepProcesses, keepRuns, keepHistory, processesPerRun);
  }

  /** The same with another limit. */
  public InfluxSettings withProcessesPerRun(int limit) {
    return new InfluxSettings(
        url, database, user, password, setup, keepProcesses, keepRuns, keepHistory, limit);
  }

  /**
   * Settings as a person writes them: {@code URL[,key=value…]}. User and password stand in a file
   * of the lines {@code user=} and {@code password=}, never here.
   *
   * @throws IllegalArgumentException with one line that names the culprit and the way out
   */
  public static InfluxSettings parse(String text) {
    String[] parts = text.strip().split(",", -1);
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("InfluxDB option '" + parts[i] + "': " + FORM);
      }
      options.put(parts[i].substring(0, equals).strip(), parts[i].substring(equals + 1).strip());
    }
    InfluxSettings usual = of(parts[0], options.getOrDefault("database", "plimsoll"));
    Properties credentials = credentials(options.get("credentials"));
    InfluxSettings parsed =
        new InfluxSettings(
            usual.url(),
            usual.database(),
            credentials.getProperty("user", "").strip(),
            credentials.getProperty("password", "").strip(),
            yes(options.getOrDefault("setup", "yes")),
            span(options, "keep-processes", usual.keepProcesses()),
            span(options, "keep-runs", usual.keepRuns()),
            span(options, "keep-history", usual.keepHistory()),
            count(options.getOrDefault("processes-per-run", "2000")));
    for (String known :
        new String[] {
          "database",
          "credentials",
          "setup",
          "keep-processes",
          "keep-runs",
          "keep-history",
          "processes-per-run"
        }) {
      options.remove(known);
    }
    if (!options.isEmpty()) {
      throw new IllegalArgumentException(
          "InfluxDB option '" + options.keySet().iterator().next() + "' is unknown; " + FORM);
    }
    return parsed;
  }

  @Override
  public String toString() {
    return url + ", database " + database + (user.isEmpty() ? "" : ", user " + user);
  }

  private static String checkedUrl(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "InfluxDB URL '" + text + "' is none; say http://HOST:8086", e);
    }
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "InfluxDB URL with a password in it: others on this machine can read it; say"
              + " credentials=FILE, a file of the lines user=NAME and password=SECRET");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException(
          "InfluxDB URL '" + text + "' is none; say http://HOST:8086");
    }
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private static Properties credentials(@Nullable String name) {
    Properties values = new Properties();
    if (name == null) {
      return values;
    }
    try (Reader reader = Files.newBufferedReader(Path.of(name))) {
      values.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "InfluxDB credentials file '"
              + name
              + "' cannot be read ("
              + e.getClass().getSimpleName()
              + "); write the lines user=NAME and password=SECRET into it",
          e);
    }
    if (values.getProperty("user") == null || values.getProperty("password") == null) {
      throw new IllegalArgumentException(
          "InfluxDB credentials file '"
              + name
              + "' lacks a line user=NAME or a line password=SECRET");
    }
    return values;
  }

  private static boolean yes(String value) {
    return switch (value) {
      case "yes" -> true;
      case "no" -> false;
      default ->
          throw new IllegalArgumentException("InfluxDB option setup=" + value + ": take yes or no");
    };
  }

  private static int count(String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "InfluxDB option processes-per-run=" + value + ": take a number", e);
    }
  }

  private static Duration span(Map<String, String> options, String name, Duration usual) {
    String value = options.get(name);
    if (value == null) {
      return usual;
    }
    if (value.equals("forever")) {
      return Duration.ZERO;
    }
    Matcher matcher = SPAN.matcher(value);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) == 0) {
      throw new IllegalArgumentException(
          "InfluxDB option " + name + "=" + value + ": take 24h, 7d, 8w or forever");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> Duration.ofDays(7 * number);
    };
  }
}
