// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to run one of Spark's programs from a Spark home: the java, its class path, its variables.
 */
final class SparkRuntime {
  private static final Set<String> FOREIGN_VARIABLES = Set.of("HADOOP_CONF_DIR", "YARN_CONF_DIR");

  /** What Spark 4.0 reaches for inside the JDK; its own start script opens the same. */
  private static final List<String> OPENED_PACKAGES =
      List.of(
          "java.base/java.lang",
          "java.base/java.lang.invoke",
          "java.base/java.lang.reflect",
          "java.base/java.io",
          "java.base/java.net",
          "java.base/java.nio",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/jdk.internal.ref",
          "java.base/sun.nio.ch",
          "java.base/sun.nio.cs",
          "java.base/sun.security.action",
          "java.base/sun.util.calendar",
          "java.security.jgss/sun.security.krb5");

  private final Path home;
  private final Path javaHome;

  SparkRuntime(Path home, Path javaHome) {
    this.home = home.toAbsolutePath().normalize();
    this.javaHome = javaHome;
    requireComplete();
  }

  Path home() {
    return home;
  }

  /** The command up to, and with, the main class. */
  List<String> command(List<String> jvmOptions, List<Path> extraClassPath, String mainClass) {
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin").resolve("java").toString());
    command.add("-XX:+IgnoreUnrecognizedVMOptions");
    for (String opened : OPENED_PACKAGES) {
      command.add("--add-opens=" + opened + "=ALL-UNNAMED");
    }
    command.add("-Djdk.reflect.useDirectMethodHandle=false");
    command.add("-Dio.netty.tryReflectionSetAccessible=true");
    command.addAll(jvmOptions);
    command.add("-cp");
    StringBuilder classPath = new StringBuilder();
    for (Path entry : extraClassPath) {
      classPath.append(entry.toAbsolutePath()).append(File.pathSeparatorChar);
    }
    command.add(classPath.append(home.resolve("jars")).append("/*").toString());
    command.add(mainClass);
    return command;
  }

  /** Makes a child's variables those of a Spark on this host, whatever this process inherited. */
  void setVariables(Map<String, String> variables, Host host) {
    variables.keySet().removeIf(name -> name.startsWith("SPARK_"));
    variables.keySet().removeAll(FOREIGN_VARIABLES);
    Path executors = host.executorsJavaHome();
    variables.put("JAVA_HOME", (executors == null ? javaHome : executors).toString());
    variables.put("SPARK_HOME", home.toString());
    variables.put("SPARK_LOCAL_IP", host.address());
    variables.put("SPARK_SCALA_VERSION", "2.13");
  }

  private void requireComplete() {
    if (!Files.isExecutable(javaHome.resolve("bin").resolve("java"))) {
      throw new EmbeddedException(
          EmbeddedException.Reason.HOME_INCOMPLETE,
          "no bin/java in " + javaHome + ": set JAVA_HOME to a JDK 17 or 21");
    }
    try (DirectoryStream<Path> core =
        Files.newDirectoryStream(home.resolve("jars"), "spark-core_*.jar")) {
      if (core.iterator().hasNext()) {
        return;
      }
    } catch (IOException e) {
      throw incomplete(e);
    }
    throw incomplete(null);
  }

  private EmbeddedException incomplete(@Nullable IOException cause) {
    String message =
        "no jars/spark-core_*.jar in "
            + home
            + ": set the Spark home to an unpacked Spark, or build one with"
            + " mvn -pl deploy/spark-home package";
    return cause == null
        ? new EmbeddedException(EmbeddedException.Reason.HOME_INCOMPLETE, message)
        : new EmbeddedException(EmbeddedException.Reason.HOME_INCOMPLETE, message, cause);
  }
}
