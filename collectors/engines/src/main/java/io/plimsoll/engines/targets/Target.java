// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.targets;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a file of targets.
 *
 * @param name what people call it; each once in a file
 * @param kind a described component type, yarn-rest, yarn-node-rest or kubernetes
 * @param cluster the user's name of the cluster; empty when there is none
 * @param place where and how it is asked
 * @param interval between two reads
 * @param timeout after which a read counts as failed
 */
public record Target(
    String name, String kind, String cluster, Place place, Duration interval, Duration timeout) {

  /**
   * Where a target is asked.
   *
   * @param address without credentials; empty for Kubernetes
   * @param login file with user and password, or the kubeconfig; null where none is needed
   * @param namespace of Kubernetes, else empty
   */
  public record Place(Reach reach, String address, @Nullable Path login, String namespace) {}
}
