// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.secret.Redaction;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The run's configuration: Spark's properties, the JVM, the few Hadoop properties that change how a
 * job runs, and the names of the jars on its class path. Takes over the host's own patterns of
 * redaction for everything that follows.
 */
final class EnvironmentEvent {
  private static final int LONGEST_VALUE = 4_000;
  private static final int LONGEST_JARS = 16_000;
  private static final int MOST_CHARS = 128 * 1024;
  private static final Set<String> HADOOP =
      Collections.unmodifiableSet(
          new HashSet<>(
              Arrays.asList(
                  "dfs.blocksize",
                  "dfs.replication",
                  "fs.defaultFS",
                  "fs.s3a.committer.name",
                  "fs.s3a.connection.maximum",
                  "fs.s3a.threads.max",
                  "io.compression.codecs",
                  "mapreduce.fileoutputcommitter.algorithm.version",
                  "mapreduce.input.fileinputformat.split.maxsize",
                  "yarn.nodemanager.pmem-check-enabled",
                  "yarn.nodemanager.vmem-check-enabled",
                  "yarn.nodemanager.vmem-pmem-ratio",
                  "yarn.scheduler.maximum-allocation-mb",
                  "yarn.scheduler.maximum-allocation-vcores")));

  private final Accessor environmentDetails = new Accessor("environmentDetails");
  private final Scala scala;
  private final EventTexts texts;

  EnvironmentEvent(Scala scala, EventTexts texts) {
    this.scala = scala;
    this.texts = texts;
  }

  EngineEvent of(Object event) {
    Map<String, String> spark = new TreeMap<>();
    Map<String, String> jvm = new TreeMap<>();
    Map<String, String> hadoop = new TreeMap<>();
    Map<String, String> classPath = new TreeMap<>();
    for (Object section : scala.elements(environmentDetails.read(event))) {
      Object entries = scala.second(section);
      switch (String.valueOf(scala.first(section))) {
        case "Spark Properties":
          read(entries, spark);
          break;
        case "JVM Information":
          read(entries, jvm);
          break;
        case "Hadoop Properties":
          read(entries, hadoop);
          hadoop.keySet().retainAll(HADOOP);
          break;
        case "Classpath Entries":
          read(entries, classPath);
          break;
        default:
          break;
      }
    }
    String texts = spark.get("spark.sql.redaction.string.regex");
    this.texts.become(
        Redaction.with(
            spark.get("spark.redaction.regex"),
            texts == null ? spark.get("spark.redaction.string.regex") : texts));
    EngineEvent.Builder built =
        EngineEvent.builder(EventKind.ENVIRONMENT, System.currentTimeMillis());
    int cut = put(jvm, built) + put(spark, built) + put(hadoop, built);
    String jars = jars(classPath.keySet());
    if (!jars.isEmpty()) {
      cut += jars.length() > LONGEST_JARS ? 1 : 0;
      built.property(
          "classpath.jars", jars.length() > LONGEST_JARS ? jars.substring(0, LONGEST_JARS) : jars);
    }
    return (cut > 0 ? built.put(EventNumber.CUT_COUNT, cut) : built).build();
  }

  /** Returns how many were shortened or left out. */
  private int put(Map<String, String> properties, EngineEvent.Builder into) {
    int cut = 0;
    int chars = 0;
    for (Map.Entry<String, String> property : properties.entrySet()) {
      String value = texts.value(property.getKey(), property.getValue());
      if (value.length() > LONGEST_VALUE) {
        value = value.substring(0, LONGEST_VALUE);
        cut++;
      }
      chars += property.getKey().length() + value.length();
      if (chars > MOST_CHARS) {
        cut++;
      } else {
        into.property(property.getKey(), value);
      }
    }
    return cut;
  }

  private static String jars(Set<String> entries) {
    Set<String> names = new TreeSet<>();
    for (String entry : entries) {
      if (entry.endsWith(".jar")) {
        names.add(entry.substring(entry.lastIndexOf('/') + 1));
      }
    }
    return String.join(",", names);
  }

  private void read(@Nullable Object pairs, Map<String, String> into) {
    for (Object pair : scala.elements(pairs)) {
      into.put(String.valueOf(scala.first(pair)), String.valueOf(scala.second(pair)));
    }
  }
}
