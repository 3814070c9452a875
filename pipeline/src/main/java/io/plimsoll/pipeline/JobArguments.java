// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What the pipeline's job is told on its command line, as pairs of {@code --key value}:
 *
 * <ul>
 *   <li>{@code --kafka host:port[,host:port]}: the brokers
 *   <li>{@code --store sqlite:PATH}: the file that all stores share, on a disk that every
 *       TaskManager reaches under this path
 *   <li>{@code --kafka-properties FILE}: security settings, in a file because they hold secrets
 *   <li>{@code --group NAME}: consumer group that progress is shown under; plimsoll-pipeline
 *   <li>{@code --news-every 2s}: how often an entity with news is written
 *   <li>{@code --silence 30s}: a process that says nothing for so long counts as ended
 *   <li>{@code --store-patience 5m}: how long the store may be away before the job starts anew
 * </ul>
 *
 * @param kafka bootstrap servers
 * @param store the SQLite file
 */
record JobArguments(
    String kafka,
    Path store,
    String group,
    Map<String, String> properties,
    Duration newsEvery,
    Duration silence,
    Duration storePatience) {
  private static final List<String> KEYS =
      List.of(
          "kafka", "store", "kafka-properties", "group", "news-every", "silence", "store-patience");

  private static final String SQLITE = "sqlite:";

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException one line that names the argument and what would be right
   */
  static JobArguments parse(String... arguments) {
    Map<String, String> given = pairs(arguments);
    String store = required(given, "store");
    if (!store.startsWith(SQLITE) || store.length() == SQLITE.length()) {
      throw new IllegalArgumentException(
          "--store "
              + store
              + " is no store that this version knows: write sqlite:/PATH/plimsoll.db");
    }
    return new JobArguments(
        required(given, "kafka"),
        Path.of(store.substring(SQLITE.length())),
        given.getOrDefault("group", "plimsoll-pipeline"),
        properties(given.get("kafka-properties")),
        duration(given, "news-every", "2s"),
        duration(given, "silence", "30s"),
        duration(given, "store-patience", "5m"));
  }

  PipelineConfig config(int parallelism) {
    return PipelineConfig.of(kafka, StoreOpener.sqlite(store))
        .withParallelism(parallelism)
        .withKafka(group, properties)
        .withPace(newsEvery, silence)
        .withStorePatience(storePatience);
  }

  private static Map<String, String> pairs(String... arguments) {
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      String key = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(
            arguments[i]
                + " is no argument of the pipeline; there are --"
                + String.join(", --", KEYS));
      }
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + " has no value after it");
      }
      if (given.put(key, arguments[i + 1]) != null) {
        throw new IllegalArgumentException(arguments[i] + " is given twice");
      }
    }
    return given;
  }

  private static String required(Map<String, String> given, String key) {
    String value = given.getOrDefault(key, "");
    if (value.isBlank()) {
      throw new IllegalArgumentException("--" + key + " is missing: " + example(key));
    }
    return value;
  }

  private static String example(String key) {
    return key.equals("kafka")
        ? "--kafka broker:9092"
        : "--store sqlite:/var/lib/plimsoll/plimsoll.db";
  }

  private static Map<String, String> properties(@Nullable String file) {
    if (file == null) {
      return Map.of();
    }
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file))) {
      read.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--kafka-properties " + file + " cannot be read (" + e + "): name a properties file", e);
    }
    Map<String, String> properties = new LinkedHashMap<>();
    read.forEach((key, value) -> properties.put(key.toString(), value.toString()));
    return properties;
  }

  /** Such as 500ms, 2s, 5m, 1h. */
  private static Duration duration(Map<String, String> given, String key, String byDefault) {
    String text = given.getOrDefault(key, byDefault).toUpperCase(Locale.ROOT);
    try {
      Duration value =
          text.endsWith("MS")
              ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
              : Duration.parse("PT" + text);
      if (!value.isNegative() && !value.isZero()) {
        return value;
      }
    } catch (DateTimeParseException | NumberFormatException e) {
      // Said below, as for what is not positive.
    }
    throw new IllegalArgumentException(
        "--" + key + " " + given.get(key) + " is no time: write 500ms, 2s, 5m or 1h");
  }
}
