// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

/**
 * A way to read one component. Used by one thread at a time; a read that hangs is given up on by
 * the poller, and its answer thrown away when it comes at last.
 */
public interface ComponentSource extends AutoCloseable {
  ComponentTarget target();

  /**
   * Asks the component once.
   *
   * @param epochMillis the time that events of this reading carry unless they tell their own
   */
  Reading read(long epochMillis) throws SourceException, InterruptedException;

  /** Lets connections go; never throws. */
  @Override
  void close();
}
