// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import io.plimsoll.bench.arm.Stand;
import io.plimsoll.standalone.stack.Places;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Command lines of the programs that are measured, and what they leave behind. */
final class ChildJvm {
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "jdk.internal.ref",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");
  private static final Pattern CHECKSUM = Pattern.compile("checksum (\\S+)");
  private static final Pattern COLLECTION = Pattern.compile(" (\\d+)M->(\\d+)M\\(\\d+M\\)");

  private ChildJvm() {}

  /**
   * A small program on a class path of its own. On the bench's whole class path the look-up of any
   * agent's first class would open some two hundred jars that come before the agent's.
   */
  static List<String> alone(
      List<String> agents, Class<?> main, List<String> options, List<String> args) {
    List<String> command = java();
    command.addAll(options);
    command.addAll(agents);
    command.addAll(List.of("-cp", placeOf(main).toString(), main.getName()));
    command.addAll(args);
    return command;
  }

  private static Path placeOf(Class<?> main) {
    try {
      return Path.of(main.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(main + " comes from no place that has an address", e);
    }
  }

  /** A program of the bench's own class path. */
  static List<String> plain(Stand stand, Class<?> main, List<String> options, List<String> args)
      throws IOException {
    List<String> command = java();
    command.addAll(options);
    command.addAll(stand.jvmOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(args);
    return command;
  }

  /**
   * A Spark application with its driver in one JVM and its one executor of two cores in another.
   */
  static List<String> spark(Stand stand, Path folder, String main, List<String> args)
      throws IOException {
    List<String> command = java();
    command.add("-Xmx640m");
    command.addAll(watched(folder));
    OPENED.forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    command.addAll(stand.jvmOptions());
    List<String> executor = new ArrayList<>(watched(folder));
    executor.addAll(stand.jvmOptions());
    String jar = Places.workloadsJar().toString();
    Map.of(
            "spark.master", "local-cluster[1,2,1152]",
            "spark.driver.host", "127.0.0.1",
            "spark.driver.bindAddress", "127.0.0.1",
            "spark.ui.enabled", "false",
            "spark.executor.memory", "1152m",
            "spark.executor.extraClassPath", jar,
            "spark.executor.extraJavaOptions", String.join(" ", executor),
            "spark.local.dir", folder.resolve("local").toString(),
            "spark.sql.warehouse.dir", folder.resolve("warehouse").toUri().toString())
        .forEach((key, value) -> command.add("-D" + key + "=" + value));
    Path jars = Places.sparkHome().resolve("jars");
    command.addAll(List.of("-cp", jar + ":" + jars + "/*", main));
    command.addAll(args);
    return command;
  }

  /** What Spark wants in its environment; its executors' folders come into the run's own. */
  static Map<String, String> sparkEnvironment(Path folder) throws IOException {
    Path home = Files.createDirectories(folder.resolve("spark-home"));
    Path jars = home.resolve("jars");
    if (!Files.exists(jars)) {
      Files.createSymbolicLink(jars, Places.sparkHome().resolve("jars"));
    }
    return Map.of(
        "SPARK_HOME",
        home.toString(),
        "SPARK_SCALA_VERSION",
        "2.13",
        "SPARK_LOCAL_IP",
        "127.0.0.1",
        "JAVA_HOME",
        System.getProperty("java.home"));
  }

  /** The collector is named, so that all arms have the same, and says what it collected. */
  static List<String> watched(Path folder) {
    return List.of("-XX:+UseG1GC", "-Xlog:gc:file=" + folder.resolve("gc-%p.log"));
  }

  /** Heap allocated between the first and the last collection of each JVM, in whole MiB. */
  static long allocatedBytes(Path folder) throws IOException {
    long sum = 0;
    List<Path> logs;
    try (Stream<Path> files = Files.list(folder)) {
      logs = files.filter(file -> file.getFileName().toString().startsWith("gc-")).toList();
    }
    for (Path log : logs) {
      long after = 0;
      Matcher collection = COLLECTION.matcher(Files.readString(log, StandardCharsets.UTF_8));
      while (collection.find()) {
        sum += Math.max(0, Long.parseLong(collection.group(1)) - after);
        after = Long.parseLong(collection.group(2));
      }
    }
    return sum << 20;
  }

  static String checksum(String output) {
    Matcher matcher = CHECKSUM.matcher(output);
    String last = "";
    while (matcher.find()) {
      last = matcher.group(1);
    }
    return last;
  }

  /** What the agent said when it did not start; empty when it did. */
  static String refusal(Path output) throws IOException {
    return Files.readString(output, StandardCharsets.ISO_8859_1)
        .lines()
        .filter(line -> line.startsWith("plimsoll: ") && line.contains("stays idle"))
        .findFirst()
        .orElse("");
  }

  private static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    return command;
  }
}
