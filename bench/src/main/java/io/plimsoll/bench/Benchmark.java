// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import java.io.PrintWriter;
import java.util.List;

/** Something that measures on this machine and says what it measured. */
interface Benchmark {
  /** The name on the command line. */
  String name();

  /** One line for the list. */
  String about();

  /** Measures, prints tables as it goes, and returns the figures. */
  List<Figure> run(PrintWriter out) throws Exception;
}
