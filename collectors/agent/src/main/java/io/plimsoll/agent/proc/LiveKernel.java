// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

import java.io.File;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps a descriptor per file that is read again; asks for a missing file only now and then. */
final class LiveKernel implements KernelTexts {
  /** A try to open a missing file costs as much as reading several that are there. */
  private static final int TURNS_UNTIL_ASKED_AGAIN = 60;

  private static final class Entry {
    private final KernelFile file;
    private int turnsToWait;

    private Entry(String path) {
      file = new KernelFile(path);
    }
  }

  private final Map<String, Entry> entries = new HashMap<>();

  @Override
  public @Nullable String text(String path) {
    Entry entry = entries.get(path);
    if (entry == null) {
      entry = new Entry(path);
      entries.put(path, entry);
    }
    if (entry.turnsToWait > 0) {
      entry.turnsToWait--;
      return null;
    }
    String text = entry.file.text();
    if (text == null) {
      entry.turnsToWait = TURNS_UNTIL_ASKED_AGAIN;
    }
    return text;
  }

  @Override
  public @Nullable String once(String path) {
    return KernelFile.textOf(path);
  }

  @Override
  public String[] names(String folder) {
    String[] names = new File(folder).list();
    return names == null ? new String[0] : names;
  }
}
