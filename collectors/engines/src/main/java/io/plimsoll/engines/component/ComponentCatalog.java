// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The component descriptions by type: those shipped, and those of the user's files. A file for a
 * type that is already there adds its beans to it; a metric it names again is refused.
 */
public final class ComponentCatalog {
  private static final List<String> SHIPPED =
      List.of(
          "kafka-broker",
          "hdfs-namenode",
          "hdfs-datanode",
          "yarn-resourcemanager",
          "yarn-nodemanager",
          "hive-metastore");
  private static final long FILE_LIMIT_BYTES = 1L << 20;

  private final Map<String, ComponentDescription> byType;

  private ComponentCatalog(Map<String, ComponentDescription> byType) {
    this.byType = Collections.unmodifiableMap(new TreeMap<>(byType));
  }

  /** The descriptions that come with Plimsoll. */
  public static ComponentCatalog shipped() {
    ComponentCatalog catalog = new ComponentCatalog(Map.of());
    for (String type : SHIPPED) {
      catalog = catalog.plus(type + ".yaml", resource("/components/" + type + ".yaml"));
    }
    return catalog;
  }

  /**
   * This catalogue and the user's file.
   *
   * @throws IOException when the file cannot be read
   * @throws DescriptionException when it is not a description
   */
  public ComponentCatalog plus(Path file) throws IOException {
    return plus(file.toString(), text(file));
  }

  /**
   * The text of a file of descriptions or targets. Bytes that are no UTF-8 become replacement
   * characters, which no key and no name has.
   *
   * @throws DescriptionException when it is larger than 1 MiB
   */
  public static String text(Path file) throws IOException {
    if (Files.size(file) > FILE_LIMIT_BYTES) {
      throw new DescriptionException(
          file.toString(), 1, "larger than " + FILE_LIMIT_BYTES + " bytes");
    }
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** This catalogue and a description's text; the file's name stands in error messages. */
  public ComponentCatalog plus(String file, String text) {
    ComponentDescription added = DescriptionReader.read(file, text);
    Map<String, ComponentDescription> all = new TreeMap<>(byType);
    ComponentDescription present = all.get(added.type());
    if (present != null) {
      refuseAgain(file, present, added);
      added = present.plus(added);
    }
    all.put(added.type(), added);
    return new ComponentCatalog(all);
  }

  private static void refuseAgain(
      String file, ComponentDescription present, ComponentDescription added) {
    List<String> names = names(present);
    for (String name : names(added)) {
      if (names.contains(name)) {
        throw new DescriptionException(
            file, 1, "metric '" + name + "' of " + added.type() + " is already described");
      }
    }
  }

  private static List<String> names(ComponentDescription description) {
    return description.families().stream()
        .flatMap(family -> family.metrics().stream())
        .map(MetricRule::name)
        .toList();
  }

  private static String resource(String name) {
    try (InputStream in = ComponentCatalog.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The description of a type, or null when there is none. */
  public @Nullable ComponentDescription description(String type) {
    return byType.get(type);
  }

  /** In alphabetical order of the types. */
  public Collection<ComponentDescription> descriptions() {
    return byType.values();
  }
}
