// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.targets;

import io.plimsoll.engines.component.ComponentCatalog;
import io.plimsoll.engines.component.ComponentDescription;
import io.plimsoll.engines.component.DescriptionException;
import io.plimsoll.engines.component.YamlMap;
import io.plimsoll.engines.kubernetes.KubernetesSource;
import io.plimsoll.engines.targets.Target.Place;
import io.plimsoll.engines.yarn.NodeManagerSource;
import io.plimsoll.engines.yarn.ResourceManagerSource;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of targets, strictly. Files that it names lie beside it unless they are absolute.
 */
public final class TargetsFile {
  private static final String DEFAULT_INTERVAL = "10s";
  private static final String DEFAULT_TIMEOUT = "5s";
  private static final String DEFAULT_NAMESPACE = "default";
  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
  private static final int MOST = 200;
  private static final Set<String> KEYS =
      Set.of("cluster", "interval", "timeout", "descriptions", "targets");
  private static final Set<String> TARGET_KEYS =
      Set.of("name", "kind", "address", "via", "login", "cluster", "interval", "timeout");
  private static final Set<String> KUBERNETES_KEYS =
      Set.of("name", "kind", "kubeconfig", "namespace", "cluster", "interval", "timeout");

  private final Path file;
  private final YamlMap root;
  private final ComponentCatalog catalog;

  private TargetsFile(Path file, YamlMap root, ComponentCatalog catalog) {
    this.file = file;
    this.root = root;
    this.catalog = catalog;
  }

  /**
   * What the file says.
   *
   * @param descriptions more description files than the file itself names
   * @throws IOException when a file cannot be read; its message names it
   * @throws DescriptionException when a file says what it must not: file, line, and the nearest
   *     right word
   */
  public static Targets read(Path file, List<Path> descriptions) throws IOException {
    return parse(file, ComponentCatalog.text(file), descriptions);
  }

  static Targets parse(Path file, String text, List<Path> descriptions) throws IOException {
    YamlMap root = YamlMap.parse(file.toString(), text).onlyKeys(KEYS);
    ComponentCatalog catalog = ComponentCatalog.shipped();
    if (root.has("descriptions")) {
      for (String each : root.texts("descriptions")) {
        catalog = catalog.plus(beside(file, root, "descriptions", each));
      }
    }
    for (Path each : descriptions) {
      catalog = catalog.plus(each);
    }
    return new Targets(new TargetsFile(file, root, catalog).targets(), catalog);
  }

  private List<Target> targets() {
    List<YamlMap> entries = root.maps("targets");
    if (entries.size() > MOST) {
      throw root.error("targets", "more than " + MOST + " targets; take several files");
    }
    Set<String> names = new HashSet<>();
    Set<String> places = new HashSet<>();
    List<Target> targets = new ArrayList<>();
    for (YamlMap entry : entries) {
      Target target = target(entry);
      if (!names.add(target.name())) {
        throw entry.error(
            "there are two targets '" + target.name() + "'; give each a name of its own");
      }
      // On the wire they would be one process that counts its messages twice.
      if (!places.add(target.kind() + " " + target.cluster() + " " + target.place())) {
        throw entry.error("'" + target.name() + "' is polled already, under another name");
      }
      targets.add(target);
    }
    return targets;
  }

  private Target target(YamlMap entry) {
    String kind = entry.choice("kind", kinds());
    Place place =
        kind.equals(KubernetesSource.TYPE)
            ? kubernetes(entry.onlyKeys(KUBERNETES_KEYS))
            : TargetAddress.place(entry.onlyKeys(TARGET_KEYS), kind, login(entry));
    String name = entry.text("name", null);
    return new Target(
        name == null ? kind + "@" + TargetAddress.shown(place) : name,
        kind,
        inherited(entry, "cluster", ""),
        place,
        duration(entry, "interval", DEFAULT_INTERVAL, SHORTEST_INTERVAL),
        duration(entry, "timeout", DEFAULT_TIMEOUT, SHORTEST_TIMEOUT));
  }

  private Set<String> kinds() {
    Set<String> kinds = new TreeSet<>();
    for (ComponentDescription description : catalog.descriptions()) {
      kinds.add(description.type());
    }
    kinds.addAll(
        List.of(ResourceManagerSource.TYPE, NodeManagerSource.TYPE, KubernetesSource.TYPE));
    return kinds;
  }

  private Place kubernetes(YamlMap entry) {
    Path kubeconfig = beside(file, entry, "kubeconfig", entry.text("kubeconfig"));
    String namespace = entry.text("namespace", DEFAULT_NAMESPACE);
    return new Place(Reach.KUBERNETES, "", kubeconfig, String.valueOf(namespace));
  }

  private @Nullable Path login(YamlMap entry) {
    String login = entry.text("login", null);
    return login == null ? null : beside(file, entry, "login", login);
  }

  private String inherited(YamlMap entry, String key, String absent) {
    String own = entry.text(key, null);
    return own != null ? own : String.valueOf(root.text(key, absent));
  }

  private Duration duration(YamlMap entry, String key, String absent, Duration shortest) {
    String word = inherited(entry, key, absent);
    Duration duration = TargetAddress.duration(word);
    if (duration == null || duration.compareTo(shortest) < 0) {
      throw (entry.has(key) ? entry : root)
          .error(
              key,
              key
                  + " is a number with ms, s, m or h, at least "
                  + shortest.toMillis()
                  + "ms, such as "
                  + absent
                  + "; not '"
                  + word
                  + "'");
    }
    return duration;
  }

  private static Path beside(Path file, YamlMap entry, String key, String name) {
    try {
      return file.resolveSibling(name);
    } catch (InvalidPathException e) {
      throw entry.error(key, "'" + name + "' is no file name");
    }
  }
}
