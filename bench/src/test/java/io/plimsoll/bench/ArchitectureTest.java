// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the import table of the design: who may import whom, and where foreign types may stand. */
class ArchitectureTest {
  private static final String ROOT = "io.plimsoll.";

  /** Folder of each module, and what it may import besides itself (prefixes below io.plimsoll). */
  private record Module(String folder, String pack, List<String> mayImport) {}

  private static final List<String> EVERYTHING_BUT_AGENT =
      List.of(
          "wire",
          "engines",
          "profile",
          "diagnosis",
          "tuner",
          "store",
          "pipeline",
          "server",
          "embedded",
          "workloads",
          "standalone");

  private static final List<Module> MODULES =
      List.of(
          new Module("collectors/wire", "wire", List.of()),
          new Module("collectors/agent", "agent", List.of("wire")),
          new Module("collectors/engines", "engines", List.of("wire")),
          new Module("profile", "profile", List.of("wire")),
          new Module("diagnosis", "diagnosis", List.of("wire", "profile")),
          new Module("tuner/core", "tuner", List.of("wire", "profile", "diagnosis.finding")),
          new Module(
              "store",
              "store",
              List.of("wire", "profile", "diagnosis.finding", "tuner.recommendation")),
          // Its copying catalogue hands recommendations through.
          new Module(
              "pipeline",
              "pipeline",
              List.of("wire", "profile", "diagnosis", "store", "tuner.recommendation")),
          new Module(
              "server",
              "server",
              List.of("wire", "engines", "profile", "diagnosis", "tuner", "store")),
          new Module("deploy/embedded", "embedded", List.of()),
          new Module("workloads", "workloads", List.of()),
          new Module("deploy/standalone", "standalone", EVERYTHING_BUT_AGENT),
          new Module("bench", "bench", EVERYTHING_BUT_AGENT));

  /** Foreign packages and the packages of ours in which they may be used. */
  private static final Map<String, List<String>> CORNERS =
      new TreeMap<>(
          Map.of(
              "org.apache.flink..", List.of("pipeline", "embedded", "standalone", "bench"),
              "org.apache.kafka..",
                  List.of(
                      "agent.emit",
                      "pipeline",
                      "server.bus",
                      "embedded",
                      "standalone.doctor",
                      "bench"),
              "kafka..", List.of("embedded"),
              "org.apache.spark..", List.of("workloads", "agent.plugin"),
              "com.fasterxml.jackson..", List.of("server", "engines", "standalone", "bench"),
              "java.sql..", List.of("store", "workloads"),
              "io.javalin..", List.of("server"),
              "com.google.protobuf..", List.of("wire.codec"),
              "org.objectweb.asm..", List.of("agent"),
              "com.datadoghq..", List.of("profile")));

  static {
    CORNERS.put("org.influxdb..", List.of("store.influx"));
    CORNERS.put("okhttp3..", List.of("store.influx"));
    CORNERS.put("org.jolokia..", List.of("engines.jmx"));
    CORNERS.put("org.snakeyaml..", List.of("engines.component", "engines.kubernetes"));
  }

  private static JavaClasses classes;

  @BeforeAll
  static void importEveryModule() {
    Path root = Path.of("..").toAbsolutePath().normalize();
    List<Path> folders = new ArrayList<>();
    for (Module module : MODULES) {
      Path folder = root.resolve(module.folder()).resolve("target/classes");
      assertThat(folder).as("compiled classes of %s", module.folder()).isDirectory();
      folders.add(folder);
    }
    classes = new ClassFileImporter().importPaths(folders);
  }

  static Stream<Module> modules() {
    return MODULES.stream();
  }

  static Stream<Map.Entry<String, List<String>>> corners() {
    return CORNERS.entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void module_importsOnlyWhatItsRowAllows(Module module) {
    List<String> allowed = new ArrayList<>(module.mayImport());
    allowed.add(module.pack());
    DescribedPredicate<JavaClass> forbidden =
        DescribedPredicate.describe(
            "ours, and not in " + allowed,
            type -> type.getPackageName().startsWith(ROOT) && !isIn(type, allowed));

    noClasses()
        .that()
        .resideInAPackage(ROOT + module.pack() + "..")
        .should()
        .dependOnClassesThat(forbidden)
        .check(classes);
  }

  @ParameterizedTest
  @MethodSource("corners")
  void foreignTypes_stayInTheirCorner(Map.Entry<String, List<String>> corner) {
    DescribedPredicate<JavaClass> outside =
        DescribedPredicate.describe(
            "outside of " + corner.getValue(),
            type -> type.getPackageName().startsWith(ROOT) && !isIn(type, corner.getValue()));

    noClasses()
        .that(outside)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(corner.getKey())
        .check(classes);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching("io.plimsoll.(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void everyPackage_saysWhatItIsFor() throws Exception {
    Path root = Path.of("..").toAbsolutePath().normalize();
    List<String> silent = new ArrayList<>();
    for (Module module : MODULES) {
      Path sources = root.resolve(module.folder()).resolve("src/main/java");
      try (Stream<Path> files = Files.walk(sources)) {
        Set<Path> packages =
            files
                .filter(file -> file.toString().endsWith(".java"))
                .map(Path::getParent)
                .collect(java.util.stream.Collectors.toSet());
        packages.stream()
            .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
            .forEach(folder -> silent.add(root.relativize(folder).toString()));
      }
    }

    assertThat(silent).isEmpty();
  }

  @Test
  void importedClasses_areThere() {
    for (Module module : MODULES) {
      assertThat(classes.stream().anyMatch(type -> isIn(type, List.of(module.pack()))))
          .as("classes of %s were imported", module.pack())
          .isTrue();
    }
  }

  private static boolean isIn(JavaClass type, List<String> packs) {
    String name = type.getPackageName();
    return packs.stream()
        .map(pack -> ROOT + pack)
        .anyMatch(pack -> name.equals(pack) || name.startsWith(pack + "."));
  }
}
