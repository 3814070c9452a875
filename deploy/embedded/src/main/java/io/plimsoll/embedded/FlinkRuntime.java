// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How to run one of Flink's programs from a Flink home: the java, its class path, its options, its
 * configuration folder. The options {@code env.java.opts.*} of the configuration are applied as
 * Flink's own start scripts apply them.
 */
final class FlinkRuntime {
  static final String ALL_OPTIONS = "env.java.opts.all";

  /** What Flink's own default configuration opens. */
  private static final List<String> OPENED_PACKAGES =
      List.of(
          "--add-exports=java.base/sun.net.util=ALL-UNNAMED",
          "--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.text=ALL-UNNAMED",
          "--add-opens=java.base/java.time=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED");

  private final Path home;
  private final Path javaHome;
  private final Path configurationFolder;
  private final Map<String, String> configuration;

  FlinkRuntime(
      Path home, Path javaHome, Path configurationFolder, Map<String, String> configuration) {
    this.home = home.toAbsolutePath().normalize();
    this.javaHome = javaHome;
    this.configurationFolder = configurationFolder;
    this.configuration = Map.copyOf(configuration);
    requireComplete();
  }

  /** Writes {@code config.yaml} as Flink 1.19 and later read it. */
  void writeConfiguration() {
    StringBuilder yaml = new StringBuilder();
    new TreeMap<>(configuration)
        .forEach(
            (key, value) ->
                yaml.append(key).append(": '").append(value.replace("'", "''")).append("'\n"));
    try {
      Files.createDirectories(configurationFolder);
      Files.writeString(configurationFolder.resolve("config.yaml"), yaml);
    } catch (IOException e) {
      throw new EmbeddedException(
          EmbeddedException.Reason.FOLDER_UNUSABLE,
          "cannot write " + configurationFolder.resolve("config.yaml") + ": " + e.getMessage(),
          e);
    }
  }

  /** A daemon's command: {@code part} is the last word of its own {@code env.java.opts} key. */
  List<String> daemon(String part, List<String> jvmOptions, String mainClass) {
    List<String> options = new ArrayList<>(jvmOptions);
    options.addAll(words(ALL_OPTIONS));
    options.addAll(words("env.java.opts." + part));
    List<String> command = command(options, mainClass);
    command.addAll(List.of("--configDir", configurationFolder.toString()));
    return command;
  }

  /** Flink's own calculator of a TaskManager's memory, as its start script calls it. */
  List<String> memoryCalculator() {
    List<String> command =
        command(List.of("-Xmx64m"), "org.apache.flink.runtime.util.bash.BashJavaUtils");
    command.addAll(
        List.of("GET_TM_RESOURCE_PARAMS", "--configDir", configurationFolder.toString()));
    return command;
  }

  /** Makes a child's variables those of this Flink, whatever this process inherited. */
  void setVariables(Map<String, String> variables) {
    variables.keySet().removeIf(name -> name.startsWith("FLINK_"));
    variables.remove("HADOOP_CONF_DIR");
    variables.put("JAVA_HOME", javaHome.toString());
    variables.put("FLINK_CONF_DIR", configurationFolder.toString());
  }

  private List<String> command(List<String> jvmOptions, String mainClass) {
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin").resolve("java").toString());
    command.add("-XX:+IgnoreUnrecognizedVMOptions");
    command.addAll(OPENED_PACKAGES);
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(home.resolve("lib") + "/*");
    command.add(mainClass);
    return command;
  }

  private List<String> words(String key) {
    String value = configuration.getOrDefault(key, "").trim();
    return value.isEmpty() ? List.of() : List.of(value.split("\\s+"));
  }

  private void requireComplete() {
    if (!Files.isExecutable(javaHome.resolve("bin").resolve("java"))) {
      throw new EmbeddedException(
          EmbeddedException.Reason.HOME_INCOMPLETE,
          "no bin/java in " + javaHome + ": set JAVA_HOME to a JDK 17 or 21");
    }
    String reason = "";
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(home.resolve("lib"), "flink-{runtime,dist}*.jar")) {
      if (jars.iterator().hasNext()) {
        return;
      }
    } catch (IOException e) {
      reason = " (" + e.getClass().getSimpleName() + ")";
    }
    throw new EmbeddedException(
        EmbeddedException.Reason.HOME_INCOMPLETE,
        "no lib/flink-runtime*.jar in "
            + home
            + reason
            + ": set the Flink home to an unpacked Flink, or build one with"
            + " mvn -pl deploy/flink-home package");
  }

  static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new EmbeddedException(
          EmbeddedException.Reason.FOLDER_UNUSABLE,
          "cannot read " + file + ": " + e.getMessage(),
          e);
    }
  }
}
