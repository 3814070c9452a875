// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A YAML mapping that knows the line of everything in it, so that errors can name it. */
public final class YamlMap {
  private static final int CHARACTER_LIMIT = 1 << 20;

  private final String file;
  private final int line;
  private final Map<String, Node> entries;

  private YamlMap(String file, int line, Map<String, Node> entries) {
    this.file = file;
    this.line = line;
    this.entries = entries;
  }

  /**
   * The one document in the text, which must be a mapping.
   *
   * @param file named in errors
   */
  public static YamlMap parse(String file, String text) {
    if (text.length() > CHARACTER_LIMIT) {
      throw new DescriptionException(file, 1, "more than " + CHARACTER_LIMIT + " characters");
    }
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setCodePointLimit(CHARACTER_LIMIT).build();
    try {
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty()) {
        throw new DescriptionException(file, 1, "the file is empty");
      }
      return map(file, root.get());
    } catch (MarkedYamlEngineException e) {
      throw new DescriptionException(file, line(e.getProblemMark()), "not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new DescriptionException(file, 1, "not YAML: " + oneLine(e));
    }
  }

  private static YamlMap map(String file, Node node) {
    if (!(node instanceof MappingNode mapping)) {
      throw new DescriptionException(file, line(node.getStartMark()), "expected key: value pairs");
    }
    Map<String, Node> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      int at = line(tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new DescriptionException(file, at, "a key must be a word");
      }
      if (entries.put(key.getValue(), tuple.getValueNode()) != null) {
        throw new DescriptionException(file, at, "'" + key.getValue() + "' is said twice");
      }
    }
    return new YamlMap(file, line(node.getStartMark()), entries);
  }

  /** Refuses every key that is not among these, naming the nearest. */
  public YamlMap onlyKeys(Set<String> known) {
    for (Map.Entry<String, Node> entry : entries.entrySet()) {
      if (!known.contains(entry.getKey())) {
        int at = line(entry.getValue().getStartMark());
        throw new DescriptionException(file, at, unknown("key", entry.getKey(), known));
      }
    }
    return this;
  }

  private static String unknown(String what, String word, Set<String> known) {
    return "unknown "
        + what
        + " '"
        + word
        + "'; did you mean '"
        + Nearest.to(word, known)
        + "'? known: "
        + String.join(", ", new TreeSet<>(known));
  }

  /** The word under a key, which must be one of these; the error names the nearest. */
  public String choice(String key, Set<String> known) {
    String word = text(key);
    if (!known.contains(word)) {
      throw error(key, unknown(key, word, known));
    }
    return word;
  }

  /** Whether the key is there. */
  public boolean has(String key) {
    return entries.containsKey(key);
  }

  /** The text under a key that must be there. */
  public String text(String key) {
    String value = text(key, null);
    if (value == null) {
      throw error("'" + key + "' is missing");
    }
    return value;
  }

  /** The text under a key, or what to take when the key is absent. */
  public @Nullable String text(String key, @Nullable String absent) {
    Node node = entries.get(key);
    if (node == null) {
      return absent;
    }
    if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
      throw error(key, "'" + key + "' must be a text");
    }
    return scalar.getValue();
  }

  /** The mappings in the list under a key: at least one. */
  public List<YamlMap> maps(String key) {
    List<YamlMap> maps = new ArrayList<>();
    list(key).forEach(child -> maps.add(map(file, child)));
    return maps;
  }

  /** The texts in the list under a key: at least one. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Node child : list(key)) {
      if (!(child instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
        throw error(key, "'" + key + "' must be a list of texts");
      }
      texts.add(scalar.getValue());
    }
    return texts;
  }

  private List<Node> list(String key) {
    Node node = entries.get(key);
    if (node == null) {
      throw error("'" + key + "' is missing");
    }
    if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
      throw error(key, "'" + key + "' must be a list with at least one entry");
    }
    return sequence.getValue();
  }

  /** An error at the mapping itself. */
  public DescriptionException error(String message) {
    return new DescriptionException(file, line, message);
  }

  /** An error at the value of a key. */
  public DescriptionException error(String key, String message) {
    Node node = entries.get(key);
    return node == null
        ? error(message)
        : new DescriptionException(file, line(node.getStartMark()), message);
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(at -> at.getLine() + 1).orElse(1);
  }

  private static String oneLine(Exception e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
