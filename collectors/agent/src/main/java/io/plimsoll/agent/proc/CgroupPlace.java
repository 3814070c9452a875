// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one controller's files of this process lie: its folder, and the folders above it up to the
 * mount point.
 */
final class CgroupPlace {
  /** No real hierarchy is deeper. */
  private static final int DEEPEST = 64;

  private final boolean unified;
  private final List<String> folders;

  private CgroupPlace(boolean unified, List<String> folders) {
    this.unified = unified;
    this.folders = folders;
  }

  /** Whether the files are those of cgroup v2. */
  boolean unified() {
    return unified;
  }

  /** Own folder first, mount point last. */
  List<String> folders() {
    return folders;
  }

  /** Finds a controller of this process; null when it is not mounted. */
  static @Nullable CgroupPlace find(String controller, KernelTexts kernel) {
    String cgroup = kernel.once("/proc/self/cgroup");
    String mountinfo = kernel.once("/proc/self/mountinfo");
    CgroupPlace place =
        cgroup == null || mountinfo == null ? null : find(controller, cgroup, mountinfo);
    if (place == null) {
      return null;
    }
    // A container may see the host's path and not its folders.
    List<String> seen = new ArrayList<>();
    for (String folder : place.folders) {
      if (kernel.names(folder).length > 0) {
        seen.add(folder);
      }
    }
    return seen.isEmpty() ? null : new CgroupPlace(place.unified, seen);
  }

  /**
   * Finds a controller ("memory", "cpu") from the texts of {@code /proc/self/cgroup} and {@code
   * /proc/self/mountinfo}; null when it is not mounted. On a hybrid machine the v1 hierarchy counts
   * where it holds the controller.
   */
  static @Nullable CgroupPlace find(String controller, String cgroup, String mountinfo) {
    String unifiedPath = null;
    for (String line : cgroup.split("\n")) {
      String[] parts = line.split(":", 3);
      if (parts.length < 3) {
        continue;
      }
      if (parts[0].equals("0") && parts[1].isEmpty()) {
        unifiedPath = parts[2];
      } else if (Arrays.asList(parts[1].split(",")).contains(controller)) {
        CgroupPlace place = mounted(false, controller, parts[2], mountinfo);
        if (place != null) {
          return place;
        }
      }
    }
    return unifiedPath == null ? null : mounted(true, controller, unifiedPath, mountinfo);
  }

  private static @Nullable CgroupPlace mounted(
      boolean unified, String controller, String path, String mountinfo) {
    for (String line : mountinfo.split("\n")) {
      int dash = line.indexOf(" - ");
      if (dash < 0) {
        continue;
      }
      String[] before = line.substring(0, dash).split(" ");
      String[] after = line.substring(dash + 3).split(" ");
      if (before.length < 5 || after.length < 3) {
        continue;
      }
      boolean match =
          unified
              ? after[0].equals("cgroup2")
              : after[0].equals("cgroup")
                  && Arrays.asList(after[2].split(",")).contains(controller);
      if (match) {
        return new CgroupPlace(unified, upwards(unescape(before[4]), unescape(before[3]), path));
      }
    }
    return null;
  }

  private static List<String> upwards(String mountPoint, String root, String path) {
    // A process outside of its cgroup namespace has a path that leads out of what is mounted.
    String inside = path.contains("/..") ? "" : path;
    if (!root.equals("/")) {
      // The mount shows only a part of the hierarchy, as in a container.
      boolean below = path.equals(root) || path.startsWith(root + "/");
      inside = below ? path.substring(root.length()) : "";
    }
    List<String> folders = new ArrayList<>();
    while (!inside.isEmpty() && !inside.equals("/") && folders.size() < DEEPEST) {
      folders.add(mountPoint + inside);
      inside = inside.substring(0, Math.max(0, inside.lastIndexOf('/')));
    }
    folders.add(mountPoint);
    return folders;
  }

  private static String unescape(String path) {
    return path.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
  }
}
