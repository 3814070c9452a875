// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

class AgentJarIT {
  private static final int JAVA_8 = 52;

  @Test
  void everythingInItIsOurs() throws IOException {
    try (JarFile jar = new JarFile(Child.agentJar().toFile())) {
      assertThat(names(jar))
          .allMatch(n -> n.startsWith("io/plimsoll/") || n.startsWith("META-INF/"));
      assertThat(names(jar))
          .filteredOn(n -> n.startsWith("META-INF/") && n.endsWith(".class"))
          .isEmpty();
      assertThat(names(jar)).noneMatch(n -> n.endsWith(".so") || n.endsWith(".dll"));
    }
  }

  @Test
  void everyClassRunsOnJava8() throws IOException {
    try (JarFile jar = new JarFile(Child.agentJar().toFile())) {
      for (String name : names(jar)) {
        if (name.endsWith(".class")) {
          try (DataInputStream in = new DataInputStream(jar.getInputStream(jar.getEntry(name)))) {
            assertThat(in.readInt()).as(name).isEqualTo(0xcafebabe);
            in.readUnsignedShort();
            assertThat(in.readUnsignedShort()).as(name).isLessThanOrEqualTo(JAVA_8);
          }
        }
      }
    }
  }

  @Test
  void theManifestNamesTheAgent() throws IOException {
    try (JarFile jar = new JarFile(Child.agentJar().toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertThat(manifest.getValue("Premain-Class")).isEqualTo(Agent.class.getName());
      assertThat(manifest.getValue("Agent-Class")).isEqualTo(Agent.class.getName());
      assertThat(manifest.getValue("Can-Retransform-Classes")).isEqualTo("true");
      assertThat(manifest.getValue("Implementation-Version")).isNotEmpty();
    }
  }

  @Test
  void theLicencesOfWhatItHoldsAreInIt() throws IOException {
    try (JarFile jar = new JarFile(Child.agentJar().toFile())) {
      String notice =
          new String(
              jar.getInputStream(jar.getEntry("META-INF/NOTICE")).readAllBytes(),
              java.nio.charset.StandardCharsets.UTF_8);
      assertThat(notice).contains("Apache Kafka", "ASM", "SLF4J", "Protocol Buffers");
    }
  }

  private static List<String> names(JarFile jar) {
    List<String> names = new ArrayList<>();
    for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
      JarEntry entry = all.nextElement();
      if (!entry.isDirectory()) {
        names.add(entry.getName());
      }
    }
    return names;
  }
}
