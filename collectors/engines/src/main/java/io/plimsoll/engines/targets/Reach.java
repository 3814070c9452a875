// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.targets;

import java.util.Locale;

/** By which protocol a target is read. */
public enum Reach {
  /** A Jolokia agent. */
  JOLOKIA,
  /** Plain JMX over RMI. */
  JMX,
  /** The {@code /jmx} page of a Hadoop daemon. */
  JMX_PAGE,
  /** The ResourceManager's REST API. */
  YARN_REST,
  /** The NodeManager's REST API. */
  YARN_NODE_REST,
  /** The Kubernetes API server that a kubeconfig names. */
  KUBERNETES;

  /** As a file of targets writes it. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
