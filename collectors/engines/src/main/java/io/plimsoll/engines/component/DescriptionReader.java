// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

import io.plimsoll.wire.Metric;
import io.plimsoll.wire.Role;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one description file, strictly. */
final class DescriptionReader {
  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]{0,40}");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z0-9_]+)*");
  private static final int SCALE_DIGITS = 20;
  private static final Set<Role> ROLES =
      Set.of(
          Role.KAFKA_BROKER,
          Role.NAMENODE,
          Role.DATANODE,
          Role.RESOURCE_MANAGER,
          Role.NODE_MANAGER,
          Role.METASTORE,
          Role.COMPONENT);

  private DescriptionReader() {}

  static ComponentDescription read(String file, String text) {
    YamlMap root =
        YamlMap.parse(file, text).onlyKeys(Set.of("component", "role", "about", "beans"));
    String type = root.text("component");
    if (!TYPE.matcher(type).matches()) {
      throw root.error("component", "'" + type + "' is not lower case with dashes");
    }
    Set<String> names = new HashSet<>();
    List<BeanFamily> families = new ArrayList<>();
    for (YamlMap bean : root.maps("beans")) {
      families.add(family(bean.onlyKeys(Set.of("bean", "optional", "metrics")), names));
    }
    return new ComponentDescription(type, role(root), about(root), families);
  }

  private static String about(YamlMap map) {
    String about = map.text("about", "");
    return about == null ? "" : about.strip().replaceAll("\\s+", " ");
  }

  private static Role role(YamlMap root) {
    String word = root.text("role", "component");
    for (Role role : ROLES) {
      if (word(role).equals(word)) {
        return role;
      }
    }
    throw root.error(
        "role",
        "unknown role '"
            + word
            + "'; known: "
            + ROLES.stream()
                .map(DescriptionReader::word)
                .sorted()
                .collect(Collectors.joining(", ")));
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static BeanFamily family(YamlMap bean, Set<String> names) {
    BeanPattern pattern;
    try {
      pattern = BeanPattern.of(bean.text("bean"));
    } catch (IllegalArgumentException e) {
      throw bean.error("bean", String.valueOf(e.getMessage()));
    }
    List<MetricRule> rules = new ArrayList<>();
    for (YamlMap metric : bean.maps("metrics")) {
      MetricRule rule =
          rule(metric.onlyKeys(Set.of("metric", "attribute", "unit", "kind", "scale", "about")));
      if (!names.add(rule.name())) {
        throw metric.error("metric", "metric '" + rule.name() + "' is described twice");
      }
      rules.add(rule);
    }
    return new BeanFamily(pattern, flag(bean, "optional"), rules);
  }

  private static boolean flag(YamlMap map, String key) {
    String word = map.text(key, "false");
    if (!"true".equals(word) && !"false".equals(word)) {
      throw map.error(key, "'" + key + "' is true or false, not '" + word + "'");
    }
    return "true".equals(word);
  }

  private static MetricRule rule(YamlMap metric) {
    String name = metric.text("metric");
    if (!NAME.matcher(name).matches()) {
      throw metric.error("metric", "'" + name + "' is not lower case words with dots between");
    }
    MetricUnit unit = unit(metric);
    if ((unit == MetricUnit.THOUSANDTHS) != name.endsWith("_milli")) {
      throw metric.error(
          "metric", "metric '" + name + "': names in thousandths, and only they, end with _milli");
    }
    Metric.Kind kind = kind(metric);
    Metric wire = unit.wire(kind);
    if (wire == null) {
      throw metric.error("kind", "a counter cannot be in " + unit.word());
    }
    return new MetricRule(name, metric.text("attribute"), unit, wire, scale(metric), about(metric));
  }

  private static MetricUnit unit(YamlMap metric) {
    String word = metric.text("unit");
    for (MetricUnit unit : MetricUnit.values()) {
      if (unit.word().equals(word)) {
        return unit;
      }
    }
    throw metric.error(
        "unit",
        "unknown unit '"
            + word
            + "'; known: "
            + Arrays.stream(MetricUnit.values())
                .map(MetricUnit::word)
                .collect(Collectors.joining(", ")));
  }

  private static Metric.Kind kind(YamlMap metric) {
    String word = metric.text("kind");
    return switch (word) {
      case "gauge" -> Metric.Kind.GAUGE;
      case "counter" -> Metric.Kind.COUNTER;
      default -> throw metric.error("kind", "kind is gauge or counter, not '" + word + "'");
    };
  }

  private static BigDecimal scale(YamlMap metric) {
    String word = metric.text("scale", "1");
    BigDecimal scale = number(word);
    if (scale == null || scale.signum() <= 0 || tooLong(scale)) {
      throw metric.error("scale", "scale is a positive number, not '" + word + "'");
    }
    return scale;
  }

  private static boolean tooLong(BigDecimal scale) {
    return scale.precision() > SCALE_DIGITS || Math.abs((long) scale.scale()) > SCALE_DIGITS;
  }

  private static @Nullable BigDecimal number(@Nullable String word) {
    try {
      return word == null ? null : new BigDecimal(word);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
