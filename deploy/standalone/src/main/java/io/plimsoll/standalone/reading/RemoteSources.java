// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Sources on a remote file system: a file each, but a folder of rolled parts is one. */
final class RemoteSources {
  /** Names of files of which a whole folder is one log: rolled by Spark, or moved by the hour. */
  private static final Pattern PART =
      Pattern.compile("(events_\\d+_|appstatus_|eventlog-\\d{4}-).*");

  private RemoteSources() {}

  static List<Source> at(String address) {
    List<Source> sources = new ArrayList<>();
    try {
      HadoopFiles files = HadoopFiles.at(address);
      Map<String, List<HadoopFiles.File>> folders = new TreeMap<>();
      for (HadoopFiles.File file : files.list()) {
        String name = name(file.path());
        if (!name.startsWith(".") && !name.startsWith("_SUCCESS") && !name.endsWith(".crc")) {
          folders.computeIfAbsent(folder(file.path()), any -> new ArrayList<>()).add(file);
        }
      }
      folders.forEach(
          (folder, inside) -> {
            if (inside.stream().anyMatch(file -> PART.matcher(name(file.path())).matches())) {
              sources.add(source(files, folder, inside));
            } else {
              inside.forEach(file -> sources.add(source(files, file.path(), List.of(file))));
            }
          });
    } catch (IOException e) {
      sources.add(new Source.Broken(address, String.valueOf(e.getMessage())));
    }
    return sources;
  }

  private static Source source(HadoopFiles files, String name, List<HadoopFiles.File> inside) {
    long bytes = inside.stream().mapToLong(HadoopFiles.File::bytes).sum();
    return new Source.Remote(name, bytes, files, inside);
  }

  private static String folder(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
