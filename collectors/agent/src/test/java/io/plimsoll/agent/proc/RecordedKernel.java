// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * A kernel whose files are those of a recording under {@code kernel/}: "==> path", then its text.
 * Layout and names are those of real kernels, most numbers were changed to tell them apart; the v2
 * trees follow the kernel documentation, no such machine was at hand.
 */
final class RecordedKernel implements KernelTexts {
  private static final String MARK = "==> ";

  private final Map<String, String> files = new TreeMap<>();

  static RecordedKernel empty() {
    return new RecordedKernel();
  }

  static RecordedKernel of(String name) {
    RecordedKernel kernel = new RecordedKernel();
    String path = "";
    StringBuilder text = new StringBuilder();
    for (String line : resource(name).split("\n")) {
      if (line.startsWith(MARK)) {
        kernel.files.put(path, text.toString());
        path = line.substring(MARK.length());
        text.setLength(0);
      } else {
        text.append(line).append('\n');
      }
    }
    kernel.files.put(path, text.toString());
    kernel.files.remove("");
    return kernel;
  }

  private static String resource(String name) {
    String resource = "/kernel/" + name + ".txt";
    try (InputStream in = RecordedKernel.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no recording " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RecordedKernel put(String path, String text) {
    files.put(path, text);
    return this;
  }

  RecordedKernel thread(int id, String comm, long nanos, long waitNanos) {
    put("/proc/self/task/" + id + "/comm", comm + "\n");
    return put("/proc/self/task/" + id + "/schedstat", nanos + " " + waitNanos + " 1\n");
  }

  /** Forgets these files until {@link #restore}; what is put meanwhile stays. */
  Map<String, String> hideMatching(String regex) {
    Map<String, String> hidden = new TreeMap<>(files);
    hidden.keySet().removeIf(path -> !path.matches(regex));
    files.keySet().removeAll(hidden.keySet());
    return hidden;
  }

  void restore(Map<String, String> hidden) {
    hidden.forEach(files::putIfAbsent);
  }

  RecordedKernel removeBelow(String folder) {
    files.keySet().removeIf(path -> path.startsWith(folder + "/"));
    return this;
  }

  RecordedKernel changeAll(UnaryOperator<String> change) {
    files.replaceAll((path, text) -> change.apply(text));
    return this;
  }

  @Override
  public String text(String path) {
    return files.get(path);
  }

  @Override
  public String once(String path) {
    return files.get(path);
  }

  @Override
  public String[] names(String folder) {
    TreeSet<String> names = new TreeSet<>();
    for (String path : files.keySet()) {
      if (path.startsWith(folder + "/")) {
        names.add(path.substring(folder.length() + 1).split("/")[0]);
      }
    }
    return names.toArray(new String[0]);
  }
}
