// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import io.plimsoll.standalone.stack.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Tells one content of a jar or a folder from another, whenever it was built. */
final class Stamp {
  private static final String JAR = ".jar";

  private Stamp() {}

  static String of(Path place) {
    try {
      TreeMap<String, Long> parts = place.toString().endsWith(JAR) ? ofJar(place) : ofFolder(place);
      CRC32 all = new CRC32();
      parts.forEach((name, sum) -> all.update((name + sum).getBytes(StandardCharsets.UTF_8)));
      return String.format(Locale.ROOT, "%08x", all.getValue());
    } catch (IOException e) {
      throw new ProblemException("cannot read " + place + " (" + e + ")", e);
    }
  }

  private static TreeMap<String, Long> ofJar(Path jar) throws IOException {
    TreeMap<String, Long> parts = new TreeMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        parts.put(entry.getName(), entry.getCrc());
      }
    }
    return parts;
  }

  private static TreeMap<String, Long> ofFolder(Path folder) throws IOException {
    TreeMap<String, Long> parts = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        CRC32 sum = new CRC32();
        sum.update(Files.readAllBytes(file));
        parts.put(folder.relativize(file).toString(), sum.getValue());
      }
    }
    return parts;
  }
}
