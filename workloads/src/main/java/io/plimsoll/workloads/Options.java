// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Arguments of the form {@code --name value}. */
final class Options {
  private final Map<String, String> values;

  private Options(Map<String, String> values) {
    this.values = values;
  }

  static Options parse(List<String> args, Set<String> known) {
    Map<String, String> values = new TreeMap<>();
    for (int i = 0; i < args.size(); i += 2) {
      String name = args.get(i);
      if (!known.contains(name)) {
        throw new WorkloadException(
            "unknown argument " + name + ": known are " + String.join(" ", new TreeSet<>(known)));
      }
      if (i + 1 == args.size()) {
        throw new WorkloadException("argument " + name + " has no value");
      }
      values.put(name, args.get(i + 1));
    }
    return new Options(values);
  }

  String required(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new WorkloadException("argument " + name + " is missing");
    }
    return value;
  }

  int positiveInt(String name, int absent) {
    String value = values.get(name);
    if (value == null) {
      return absent;
    }
    if (!value.matches("[1-9][0-9]{0,5}")) {
      throw new WorkloadException(
          "argument " + name + " is a whole number from 1 to 999999, not " + value);
    }
    return Integer.parseInt(value);
  }

  double positiveDecimal(String name) {
    String value = required(name);
    if (!value.matches("[0-9]{1,6}(\\.[0-9]{1,6})?") || Double.parseDouble(value) == 0) {
      throw new WorkloadException(
          "argument " + name + " is a positive decimal number, not " + value);
    }
    return Double.parseDouble(value);
  }
}
