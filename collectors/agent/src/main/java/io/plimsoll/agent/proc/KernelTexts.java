// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

import org.jspecify.annotations.Nullable;

/** Where kernel texts come from: this machine's {@code /proc} and {@code /sys}, or a recording. */
public interface KernelTexts {
  /** The text of a file that is read again and again; null when it is not there. */
  @Nullable String text(String path);

  /** The text of a file that is read once or seldom; null when it is not there. */
  @Nullable String once(String path);

  /** The names in a folder, none when it is not there. */
  String[] names(String folder);

  /** This machine's. Not for several threads at once. */
  static KernelTexts live() {
    return new LiveKernel();
  }
}
