// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * The names of a family of beans, with placeholders that become labels: {@code
 * kafka.server:type=BrokerTopicMetrics,name=BytesInPerSec,topic={topic}}. A placeholder stands for
 * a whole property value or a part of one. {@code q*={queue}} takes the properties q0, q1, ... and
 * joins their values with dots. A bean matches when it has exactly these properties.
 */
public final class BeanPattern {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z][a-z0-9_]*)\\}");

  private final String text;
  private final ObjectName query;
  private final Map<String, ValuePattern> properties;
  private final @Nullable String numberedPrefix;
  private final @Nullable String numberedLabel;

  private record ValuePattern(Pattern regex, List<String> labels) {}

  private BeanPattern(
      String text,
      ObjectName query,
      Map<String, ValuePattern> properties,
      @Nullable String numberedPrefix,
      @Nullable String numberedLabel) {
    this.text = text;
    this.query = query;
    this.properties = properties;
    this.numberedPrefix = numberedPrefix;
    this.numberedLabel = numberedLabel;
  }

  /**
   * @throws IllegalArgumentException when the text is no bean name; the message says why
   */
  public static BeanPattern of(String text) {
    int colon = text.indexOf(':');
    if (colon <= 0 || colon == text.length() - 1) {
      throw new IllegalArgumentException("not a bean name (domain:key=value,...): " + text);
    }
    Map<String, ValuePattern> properties = new LinkedHashMap<>();
    String prefix = null;
    String label = null;
    StringBuilder query = new StringBuilder(text.substring(0, colon)).append(':');
    for (String pair : text.substring(colon + 1).split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw new IllegalArgumentException("no key=value: '" + pair + "' in " + text);
      }
      String key = pair.substring(0, equals);
      String value = pair.substring(equals + 1);
      Matcher whole = PLACEHOLDER.matcher(value);
      if (key.endsWith("*")) {
        if (!whole.matches() || prefix != null) {
          throw new IllegalArgumentException(
              "a key with * takes one placeholder, once: '" + pair + "' in " + text);
        }
        prefix = key.substring(0, key.length() - 1);
        label = whole.group(1);
      } else {
        properties.put(key, valuePattern(value, text));
        query.append(key).append('=').append(queryValue(value)).append(',');
      }
    }
    return new BeanPattern(text, query(query, prefix != null, text), properties, prefix, label);
  }

  private static ObjectName query(StringBuilder query, boolean open, String text) {
    if (open) {
      query.append('*');
    } else {
      query.setLength(query.length() - 1);
    }
    try {
      return new ObjectName(query.toString());
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException("not a bean name: " + text, e);
    }
  }

  private static String queryValue(String value) {
    return PLACEHOLDER.matcher(value).replaceAll("*").replaceAll("\\*+", "*");
  }

  private static ValuePattern valuePattern(String value, String text) {
    List<String> labels = new ArrayList<>();
    StringBuilder regex = new StringBuilder();
    Matcher placeholder = PLACEHOLDER.matcher(value);
    int from = 0;
    while (placeholder.find()) {
      regex.append(literal(value.substring(from, placeholder.start()), text)).append("(.+?)");
      labels.add(placeholder.group(1));
      from = placeholder.end();
    }
    regex.append(literal(value.substring(from), text));
    return new ValuePattern(Pattern.compile(regex.toString(), Pattern.DOTALL), labels);
  }

  private static String literal(String part, String text) {
    if (part.indexOf('*') >= 0 || part.indexOf('?') >= 0 || part.indexOf('{') >= 0) {
      throw new IllegalArgumentException(
          "'" + part + "' is neither a value nor a {placeholder} in " + text);
    }
    return Pattern.quote(part);
  }

  /** What a component is asked for: a name pattern that this family is a part of. */
  public ObjectName query() {
    return query;
  }

  /** The labels that a bean of this family tells, or null when the bean is not of the family. */
  public @Nullable Map<String, String> match(ObjectName bean) {
    if (!bean.getDomain().equals(query.getDomain())) {
      return null;
    }
    Map<String, String> labels = new TreeMap<>();
    Set<String> unused = new HashSet<>(bean.getKeyPropertyList().keySet());
    for (Map.Entry<String, ValuePattern> property : properties.entrySet()) {
      String value = bean.getKeyProperty(property.getKey());
      if (value == null || !take(property.getValue(), unquoted(value), labels)) {
        return null;
      }
      unused.remove(property.getKey());
    }
    if (numberedPrefix != null && numberedLabel != null) {
      String joined = numbered(numberedPrefix, bean, unused);
      if (joined == null) {
        return null;
      }
      labels.put(numberedLabel, joined);
    }
    return unused.isEmpty() ? labels : null;
  }

  private static boolean take(ValuePattern pattern, String value, Map<String, String> labels) {
    Matcher matcher = pattern.regex().matcher(value);
    if (!matcher.matches()) {
      return false;
    }
    for (int i = 0; i < pattern.labels().size(); i++) {
      labels.put(pattern.labels().get(i), matcher.group(i + 1));
    }
    return true;
  }

  private static @Nullable String numbered(String prefix, ObjectName bean, Set<String> unused) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; ; i++) {
      String value = bean.getKeyProperty(prefix + i);
      if (value == null) {
        return parts.isEmpty() ? null : String.join(".", parts);
      }
      parts.add(unquoted(value));
      unused.remove(prefix + i);
    }
  }

  private static String unquoted(String value) {
    if (!value.startsWith("\"")) {
      return value;
    }
    try {
      return ObjectName.unquote(value);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }

  /** The placeholders' names. */
  public List<String> labels() {
    List<String> labels = new ArrayList<>();
    properties.values().forEach(property -> labels.addAll(property.labels()));
    if (numberedLabel != null) {
      labels.add(numberedLabel);
    }
    return Collections.unmodifiableList(labels);
  }

  /** As it was described. */
  @Override
  public String toString() {
    return text;
  }
}
